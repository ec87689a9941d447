"""Where a follower starts again: never behind its first block, never by another chain's checkpoint."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.worker.checkpoint import Checkpoint


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"nextBlock": "x"}', b'{"genesis": "0x1", "nextBlock": 9}'])
def test_a_file_that_is_no_checkpoint_of_this_chain_is_ignored(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "watch.json"
    path.write_bytes(content)

    assert Checkpoint(path, "0x1").read(first_block=3) == 3


def test_a_checkpoint_of_another_chain_or_deployment_is_ignored(tmp_path: Path) -> None:
    Checkpoint(tmp_path / "watch.json", "0x1").write(3, 70)

    assert Checkpoint(tmp_path / "watch.json", "0x2").read(3) == 3
    assert Checkpoint(tmp_path / "watch.json", "0x1").read(4) == 4


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    Checkpoint(tmp_path / "deep" / "watch.json", "0x1").write(3, 70)

    assert Checkpoint(tmp_path / "deep" / "watch.json", "0x1").read(3) == 70
