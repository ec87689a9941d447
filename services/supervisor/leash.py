"""Ties a child to its parent's life: whatever kills the supervisor, the kernel tells each child.

The invariant: `on_leash` runs in the child between fork and exec, so no instruction of the child's program runs untied.
The supervisor forks from its only thread; the kernel's death signal belongs to the forking thread, not to the process.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass

# From linux/prctl.h and linux/capability.h.
_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAPBSET_READ = 23
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522

DAC_OVERRIDE = 1
DAC_READ_SEARCH = 2

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Lowered:
    """The unprivileged user that a child of root becomes, and the one capability it keeps, if any."""

    uid: int
    gid: int
    kept_capability: int | None = None


def on_leash(death_signal: signal.Signals, lowered: Lowered | None) -> Callable[[], None]:
    """What a child must run before its program: lowers it, then asks for `death_signal` when its parent dies."""
    parent = os.getpid()

    def tie() -> None:
        if lowered is not None:
            _lower(lowered)
        if sys.platform == "linux":
            # After the change of user, which clears it.
            _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:  # it died before the line above
                os.kill(os.getpid(), signal.SIGKILL)

    return tie


def may_keep(capability: int) -> bool:
    """Whether this process may hand `capability` to a child; containers often drop some."""
    return sys.platform == "linux" and bool(_libc.prctl(_PR_CAPBSET_READ, capability, 0, 0, 0) == 1)


def _lower(lowered: Lowered) -> None:
    if lowered.kept_capability is not None:
        _check(_libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setresgid(lowered.gid, lowered.gid, lowered.gid)
    os.setresuid(lowered.uid, lowered.uid, lowered.uid)
    os.umask(0o077)
    if lowered.kept_capability is not None:
        bit = 1 << lowered.kept_capability
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
        # Effective, permitted, inheritable of capabilities 0-31, then of 32-63.
        sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
        _check(_libc.capset(header, sets))
        _check(_libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, lowered.kept_capability, 0, 0))


def _check(status: int) -> None:
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
