"""Secrets of the operator: a file outside the database, from which every keyed hash and encryption is derived.

A line is `<id>:<64 hexadecimal digits>`. The first is used for what is new; the others for what was made under them, so
a rotation is a new first line, and an old one goes when nothing names its id any more.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from services.errors import SettingInvalid

_LINE = re.compile(r"([a-z0-9-]{1,32}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The secrets by id, in the file's order."""

    by_id: dict[str, bytes]

    @property
    def current_id(self) -> str:
        """Of the secret that new things are made under."""
        return next(iter(self.by_id))

    def digest(self, secret_id: str, purpose: str, data: bytes) -> bytes | None:
        """HMAC-SHA256 of `data` under the secret's key for `purpose`; None if the secret is gone. 32 bytes."""
        secret = self.by_id.get(secret_id)
        if secret is None:
            return None
        # One key a purpose, so that a digest for one says nothing about another.
        return hmac.digest(hmac.digest(secret, purpose.encode(), sha256), data, sha256)


def read_secrets(path: Path) -> Secrets:
    """The secrets of a file that its owner alone may read. Raises SettingInvalid, which never shows its content."""
    name = "LIGHTDOM_SECRETS_FILE"
    try:
        mode = path.stat().st_mode
        lines = path.read_text().split()
    except (OSError, UnicodeDecodeError):
        raise SettingInvalid(name, str(path), "a file of `id:hex` lines") from None
    if mode & 0o077:
        raise SettingInvalid(name, str(path), "a file that its owner alone may read (chmod 600)")
    matches = [_LINE.fullmatch(line) for line in lines]
    by_id = {match[1]: bytes.fromhex(match[2]) for match in matches if match}
    if not by_id or len(by_id) != len(lines):
        raise SettingInvalid(name, str(path), "a file with one `id:hex` of 32 bytes a line, each id once")
    return Secrets(by_id)


def add_secret(path: Path, secret_id: str) -> None:
    """Puts a new random secret first, in one step; makes the file if it is absent."""
    former = path.read_text() if path.exists() else ""
    if not _LINE.fullmatch(f"{secret_id}:{'0' * 64}") or any(
        line.startswith(f"{secret_id}:") for line in former.splitlines()
    ):
        raise SettingInvalid("id", secret_id, "1 to 32 of a-z, 0-9 and -, not in the file yet")
    partial = path.with_name(f"{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(f"{secret_id}:{secrets.token_hex(32)}\n{former}")
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
