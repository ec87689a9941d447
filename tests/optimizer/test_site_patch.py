"""A site's diff is what `patch` applies."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.site.patch import unified

LINES = st.lists(st.sampled_from([b"a", b"b", b"", b"c\r", b"d\xff"]), max_size=40).map(b"\n".join)


def test_the_same_needs_no_diff() -> None:
    assert unified("a", b"x", b"x") == b""


@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not installed")
@settings(max_examples=40)
@given(LINES, LINES)
def test_patch_turns_one_into_the_other(tmp_path_factory: pytest.TempPathFactory, before: bytes, after: bytes) -> None:
    place = tmp_path_factory.mktemp("patch") / "page.html"
    place.write_bytes(before)
    if before and after and before != after:  # patch removes a file that becomes empty
        subprocess.run(
            ["patch", "--binary", "-s", "-p1", str(place)], input=unified("page.html", before, after), check=True
        )

        assert Path(place).read_bytes() == after
