"""The operator's secrets: a file that is open to others, or not one, is refused and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.auth.secrets import add_secret, read_secrets
from services.errors import SettingInvalid

DIGITS = "ab" * 32


@pytest.mark.parametrize("content", ["", "one", f"one:{DIGITS[:-2]}", f"One:{DIGITS}", f"one:{DIGITS}\none:{DIGITS}"])
def test_a_file_that_holds_anything_else_is_refused_without_being_shown(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets"
    path.touch(0o600)
    path.write_text(content)

    with pytest.raises(SettingInvalid) as refused:
        read_secrets(path)
    assert DIGITS[:16] not in str(refused.value)


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secrets"
    add_secret(path, "one")
    path.chmod(mode)

    with pytest.raises(SettingInvalid):
        read_secrets(path)


def test_a_new_secret_is_used_first_and_the_former_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "secrets"
    add_secret(path, "one")
    former = read_secrets(path)
    add_secret(path, "two")
    found = read_secrets(path)

    assert (former.current_id, found.current_id) == ("one", "two")
    assert found.by_id["one"] == former.by_id["one"]
    assert found.digest("one", "a", b"x") == former.digest("one", "a", b"x") != found.digest("one", "b", b"x")
    assert found.digest("three", "a", b"x") is None
    with pytest.raises(SettingInvalid):
        add_secret(path, "two")
