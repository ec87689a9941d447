"""How every verb ends: one line on what is wrong, one on what to do, and an exit code for the class of error.

  0  done
  1  unexpected: a defect of LightDom, or an error without a class of its own
  2  wrong usage of the command
  3  the input is no page                     EMPTY NOT_HTML
  4  the input cannot be read                 SOURCE_NOT_FOUND SOURCE_UNREADABLE
  5  the input is too large                   TOO_LARGE
  6  the encoding is unknown or wrong         ENCODING_UNKNOWN UNDECODABLE PAGE_NOT_UTF8
  7  the page cannot be fetched               URL_INVALID HOST_NOT_FOUND CONNECTION_FAILED TIMED_OUT
                                              TOO_MANY_REDIRECTS STATUS_NOT_OK
  8  the address is not a public one          ADDRESS_REFUSED
  9  the result cannot be written             OUTPUT_UNWRITABLE
 10  a setting, URL or recipe is not usable   SETTING_INVALID PAGE_URL_INVALID RECIPE_INVALID
 11  the chain is down or not ours            CHAIN_UNREACHABLE NOT_DEPLOYED TRANSACTION_LOST
 12  a contract refused                       TRANSACTION_REFUSED
 13  a key is missing or wrong                KEY_MISSING KEY_REFUSED
 14  the blob store is down or lost a blob    BLOB_STORE_UNREACHABLE BLOB_MISSING BLOB_CORRUPT
 15  the evidence is not usable               CAR_MALFORMED TRACE_MALFORMED REPORT_MALFORMED
                                              EVIDENCE_TOO_LARGE NOT_ALIGNED NOTHING_SAVED
 16  the database is down or not migrated
 17  a part could not be started              START_ERROR: a port taken, no space, a program missing
 18  no such claim                            CLAIM_UNKNOWN
 19  the API is down or tells other figures   API_UNREACHABLE READ_BACK_DIFFERS
 20  the demo was not decided in time         DEMO_TIMED_OUT
 21  the claim is false                       CLAIM_FILE_FALSE (and verify, attest)
 22  nothing was sent: a vote that would not count or that would cost the stake (WOULD_EQUIVOCATE), or a fault
     that no proof reaches                    (attest, challenge)
 23  nothing is wrong with the claim          (challenge)
 24  a part that was asked for is not here    BROWSER_ABSENT BROWSER_FAILED RENDER_TIMED_OUT ENGINE_ABSENT
 25  the audit log is not as it was written   (audit)
130  interrupted
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import ParamSpec, TypeVar

__all__ = ["ExitCode", "exit_code_of", "exits_by_class", "tell"]

P = ParamSpec("P")
R = TypeVar("R")


class ExitCode(IntEnum):
    """Exit codes of every verb; stable, never reused."""

    UNEXPECTED = 1
    USAGE = 2
    NOT_A_PAGE = 3
    UNREADABLE = 4
    TOO_LARGE = 5
    ENCODING = 6
    FETCH = 7
    ADDRESS_REFUSED = 8
    OUTPUT = 9
    SETTING = 10
    CHAIN = 11
    CONTRACT_REFUSED = 12
    KEY = 13
    BLOBS = 14
    EVIDENCE = 15
    DATABASE = 16
    START = 17
    CLAIM_UNKNOWN = 18
    API = 19
    UNDECIDED = 20
    CLAIM_FALSE = 21
    NOT_ENOUGH = 22
    NOTHING_WRONG = 23
    PART_ABSENT = 24
    AUDIT_BROKEN = 25
    INTERRUPTED = 130


# By the stable code that each of our errors carries, so that no package need be imported to know its errors. An error
# whose own code is not here is looked up by its parents' codes.
_BY_CODE = {
    "INPUT": ExitCode.NOT_A_PAGE,
    "SOURCE_NOT_FOUND": ExitCode.UNREADABLE,
    "SOURCE_UNREADABLE": ExitCode.UNREADABLE,
    "TOO_LARGE": ExitCode.TOO_LARGE,
    "ENCODING_UNKNOWN": ExitCode.ENCODING,
    "UNDECODABLE": ExitCode.ENCODING,
    "PAGE_NOT_UTF8": ExitCode.ENCODING,
    "FETCH": ExitCode.FETCH,
    "RENDER": ExitCode.PART_ABSENT,
    "ENGINE_ABSENT": ExitCode.PART_ABSENT,
    "ADDRESS_REFUSED": ExitCode.ADDRESS_REFUSED,
    "OUTPUT_UNWRITABLE": ExitCode.OUTPUT,
    "RECIPE_INVALID": ExitCode.SETTING,
    "SETTING_INVALID": ExitCode.SETTING,
    "PAGE_URL_INVALID": ExitCode.SETTING,
    "CHAIN_ERROR": ExitCode.CHAIN,
    "TRANSACTION_REFUSED": ExitCode.CONTRACT_REFUSED,
    "KEY_ERROR": ExitCode.KEY,
    "BLOB_ERROR": ExitCode.BLOBS,
    "EVIDENCE_INVALID": ExitCode.EVIDENCE,
    "DATABASE_ERROR": ExitCode.DATABASE,
    "START_ERROR": ExitCode.START,
    "CLAIM_UNKNOWN": ExitCode.CLAIM_UNKNOWN,
    "API_UNREACHABLE": ExitCode.API,
    "READ_BACK_DIFFERS": ExitCode.API,
    "DEMO_TIMED_OUT": ExitCode.UNDECIDED,
    "CLAIM_FILE_FALSE": ExitCode.CLAIM_FALSE,
    "WOULD_EQUIVOCATE": ExitCode.NOT_ENOUGH,
    "AUDIT_BROKEN": ExitCode.AUDIT_BROKEN,
}


def exit_code_of(error: BaseException) -> ExitCode:
    """The exit code for an error's class."""
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    for each in type(error).__mro__:
        code = each.__dict__.get("code")
        if code in _BY_CODE:
            return _BY_CODE[code]
    return ExitCode.UNEXPECTED


def tell(error: BaseException) -> None:
    """Writes what is wrong and what to do next to standard error."""
    code = getattr(error, "code", "")
    print(f"lightdom: {error} [{code}]" if code else f"lightdom: {error}", file=sys.stderr)
    if next_step := getattr(error, "next_step", ""):
        print(f"  {next_step}", file=sys.stderr)


def exits_by_class(verb: Callable[P, R]) -> Callable[P, R]:
    """Wraps a verb: our errors are told and become exit codes; all others pass through, with their traceback."""

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except KeyboardInterrupt as error:
            print("lightdom: interrupted", file=sys.stderr)
            raise SystemExit(exit_code_of(error)) from None
        except Exception as error:
            if not isinstance(getattr(error, "code", None), str):
                raise
            tell(error)
            raise SystemExit(exit_code_of(error)) from None

    return run
