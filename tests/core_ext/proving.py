"""A page, its trees as they were committed, honest or not, and every call that could contradict a step of it."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import core_ext

STEP = struct.Struct(">BBHHIII")
FIELDS = ("rule", "emits", "flags", "depth", "parent", "out", "attested")
NO_PARENT = 2**32 - 1
CLAIM = (
    "(address,bytes32,bytes32,bytes32,bytes32,bytes32,uint64,uint64,uint64,uint32,uint32,uint8,uint8,uint16,bytes32)"
)
TOKEN = "(uint32,uint8,uint32,bytes,bytes32[],uint64[])"
STEP_TYPE = "(uint32,uint8,uint8,uint16,uint16,uint32,uint32,uint32,bytes32[])"

RUN = f"({TOKEN}[],{STEP_TYPE}[],{TOKEN}[],{TOKEN}[],{STEP_TYPE}[])"

Call = tuple[str, list[str], list[Any]]


@dataclass
class Committed:
    """Tokens of both pages (kind, bytes), steps as lists of their fields, and what the claim says in all."""

    source: list[tuple[int, bytes]]
    output: list[tuple[int, bytes]]
    steps: list[list[int]]
    attested_bytes: int
    ruleset: int = 2

    def __post_init__(self) -> None:
        self.build()

    def build(self) -> None:
        """The trees anew: after a lie."""
        self._source, self._output = _sum_tree(self.source), _sum_tree(self.output)
        self._steps = core_ext.StepTree.from_steps(b"".join(STEP.pack(*step) for step in self.steps))

    def claim(self) -> tuple[Any, ...]:
        zero = bytes(32)
        return (
            *("0x" + "00" * 20, zero, zero, self._source.root, self._output.root, self._steps.root),
            *(self._source.total, self._output.total, self.attested_bytes, len(self.source), len(self.output)),
            *(self._source.depth, self._output.depth, self.ruleset, zero),
        )

    def token(self, index: int) -> tuple[Any, ...]:
        return _open(self._source, self.source, index)

    def optimized(self, index: int) -> tuple[Any, ...]:
        return _open(self._output, self.output, index)

    def step(self, index: int) -> tuple[Any, ...]:
        fields = self.steps[index] if index < len(self.steps) else [0] * 7
        return (index, *fields, self._steps.path(index))

    def calls_about(self, index: int) -> Iterator[Call]:
        """Every proof about step `index`, and about it and the next."""
        step = self.steps[index]
        optimized = [self.optimized(step[5])] if step[1] and step[5] < len(self.output) else []
        yield self._prove_step([self.token(index)] if step[0] >= 128 else [], [index], optimized, [])
        yield self._prove_rule(index)
        yield (
            f"proveToken({CLAIM},{TOKEN},{STEP_TYPE})",
            [CLAIM, TOKEN, STEP_TYPE],
            [self.claim(), self.token(index), self.step(index)],
        )
        parent = step[4]
        if parent < index:
            yield self._prove_nest([], [index], [parent], [parent])
            for between in range(parent + 1, index + 1):
                if self.steps[between][3] <= self.steps[parent][3]:
                    yield self._prove_nest([], [index], [], [parent, between])
        yield from self._calls_about_surroundings(index)
        if index + 1 < len(self.steps):
            run = [*range(self._first_piece(index), index + 2)]
            parents = [self.token(parent)] if parent < index else []
            yield self._prove_step([self.token(i) for i in run], run, optimized, parents)
            for path in self._paths(run):
                yield self._prove_nest(run, run, path, path)

    def _calls_about_surroundings(self, index: int) -> Iterator[Call]:
        """proveContext and proveSelector in every way: only where a rule asks for them, else they show nothing."""
        rule, count = self.steps[index][0], len(self.steps)
        if rule not in (3, 5, 7):
            return
        if rule == 3 and 0 < index < count - 1:
            around = self._around(index)
            for witness in range(index):
                yield self._prove_context([index - 1, index, index + 1], [*around, witness])
            yield self._prove_context([index - 1, index, index + 1], around)
        yield self._prove_context([index], [])
        for last in range(index + 1, min(index + 7, count)):
            yield self._prove_context([*range(index, last + 1)], [])
            yield self._prove_context([*range(index, last + 1)], [], shows_output=True)
        if index:
            yield self._prove_context([index - 1, index], [])
        if rule == 7:
            for element, (kind, _) in enumerate(self.source):
                if kind == core_ext.START:
                    path = [element, *self._around(element)]
                    for size in range(3):
                        for outer in itertools.combinations(path[1:8], size):
                            yield self._prove_selector(index, [element, *outer], path)

    def _around(self, index: int) -> list[int]:
        path = []
        while self.steps[index][4] < index:
            index = self.steps[index][4]
            path.append(index)
        return path

    def _prove_context(self, run: list[int], shown: list[int], *, shows_output: bool = False) -> Call:
        out = self.steps[run[-1]][5]
        optimized = [self.optimized(out)] if shows_output and out < len(self.output) else []
        tokens, steps = [self.token(i) for i in run], [self.step(i) for i in run]
        words = (tokens, steps, optimized, [self.token(i) for i in shown], [self.step(i) for i in shown])
        return f"proveContext({CLAIM},{RUN})", [CLAIM, RUN], [self.claim(), words]

    def _prove_selector(self, rule: int, elements: list[int], path: list[int]) -> Call:
        opened = [self.token(i) for i in elements]
        words = ([self.token(rule)], [self.step(rule)], [], opened, [self.step(i) for i in path])
        return f"proveSelector({CLAIM},{RUN})", [CLAIM, RUN], [self.claim(), words]

    def _first_piece(self, index: int) -> int:
        while 0 < self.steps[index][2] & 0x7F < 11 and index > 0:
            index -= 1
        return index

    def _paths(self, run: list[int]) -> Iterator[list[int]]:
        """The open elements outwards, from the tag itself where it opens one, and from its parent."""
        for top in (run[0], self.steps[run[-2]][4]):
            path = []
            while top < run[-1] and len(path) < 258:
                path.append(top)
                if self.steps[top][4] >= top:
                    break
                top = self.steps[top][4]
            yield path

    def _prove_step(self, sources: list[Any], steps: list[int], optimized: list[Any], parents: list[Any]) -> Call:
        run = (sources, [self.step(i) for i in steps], optimized, parents, [])
        return f"proveStep({CLAIM},{RUN})", [CLAIM, RUN], [self.claim(), run]

    def _prove_nest(self, sources: list[int], steps: list[int], elements: list[int], path: list[int]) -> Call:
        tokens, opened = [self.token(i) for i in sources], [self.step(i) for i in steps]
        run = (tokens, opened, [], [self.token(i) for i in elements], [self.step(i) for i in path])
        return f"proveNest({CLAIM},{RUN})", [CLAIM, RUN], [self.claim(), run]

    def _prove_rule(self, index: int) -> Call:
        out = self.steps[index][5]
        optimized = self.optimized(out if out < len(self.output) else 0)
        types = [CLAIM, TOKEN, STEP_TYPE, TOKEN]
        return f"proveRule({','.join(types)})", types, [self.claim(), self.token(index), self.step(index), optimized]


def honest(page: bytes, rules: bytes, replacements: Mapping[int, bytes] | None = None) -> Committed:
    """What an honest prover commits to."""
    tokens = core_ext.lex(page)
    traced = core_ext.trace(page, tokens, rules, replacements)
    output = zip(traced.out_kinds, traced.out_starts, traced.out_starts[1:], strict=False)
    return Committed(
        [(kind, tokens.slice(i)) for i, kind in enumerate(tokens.kinds)],
        [(kind, traced.optimized[start:end]) for kind, start, end in output],
        [list(fields) for fields in STEP.iter_unpack(traced.steps)],
        traced.attested_bytes,
    )


def _sum_tree(tokens: list[tuple[int, bytes]]) -> core_ext.SumTree:
    return core_ext.SumTree.from_leaves([(kind, len(data), core_ext.keccak256(data)) for kind, data in tokens])


def _open(tree: core_ext.SumTree, tokens: list[tuple[int, bytes]], index: int) -> tuple[Any, ...]:
    path = tree.path(index)
    kind, data = tokens[index] if index < len(tokens) else (0, b"")
    return (index, kind, len(data), data, [sibling for sibling, _ in path], [total for _, total in path])
