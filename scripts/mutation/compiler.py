"""Compiles one contract from sources in memory: that takes a second, where a build of all tests takes a minute."""

from __future__ import annotations

import json
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["Code", "Compiler"]


@dataclass(frozen=True, slots=True)
class Code:
    """What a contract is deployed from, and what is deployed, in hexadecimal with 0x."""

    creation: str
    deployed: str


class Compiler:
    """The sources of one contract, read once; the optimizer is off, as what tests see is the same without it."""

    def __init__(self, root: Path, contract: str) -> None:
        built = root / "build" / "forge" / "out" / f"{contract}.sol" / f"{contract}.json"
        names: list[str] = list(json.loads(built.read_text())["metadata"]["sources"])
        self._contract = contract
        self._sources: dict[str, str] = {name: (root / name).read_text() for name in names}
        self._remappings = tomllib.loads((root / "foundry.toml").read_text())["profile"]["default"]["remappings"]
        program = root / "scripts" / "mutation" / "compile_lines.cjs"
        self._process = subprocess.Popen(["node", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    def source(self, name: str) -> str:
        return self._sources[name]

    def tree(self, name: str) -> dict[str, Any]:
        """The syntax tree of one source."""
        answer = self._run({}, {name: {"": ["ast"]}})
        tree: dict[str, Any] = answer["sources"][name]["ast"]
        return tree

    def code(self, name: str = "", text: str = "") -> Code | None:
        """The contract with one source changed; None if that does not compile."""
        wanted = ["evm.bytecode.object", "evm.deployedBytecode.object"]
        file = f"contracts/{self._contract}.sol"
        answer = self._run({name: text} if name else {}, {file: {self._contract: wanted}})
        if any(error["severity"] == "error" for error in answer.get("errors", ())):
            return None
        evm = answer["contracts"][file][self._contract]["evm"]
        return Code("0x" + evm["bytecode"]["object"], "0x" + evm["deployedBytecode"]["object"])

    def _run(self, changed: dict[str, str], selection: dict[str, Any]) -> dict[str, Any]:
        asked = {
            "language": "Solidity",
            "sources": {name: {"content": changed.get(name, text)} for name, text in self._sources.items()},
            "settings": {
                "remappings": self._remappings,
                "evmVersion": "cancun",
                # Else a comment would make two programs of one.
                "metadata": {"appendCBOR": False, "bytecodeHash": "none"},
                "outputSelection": selection,
            },
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer
