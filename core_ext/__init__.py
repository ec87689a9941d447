"""Pure functions of bytes: the lossless lexer, rewrite rules, keccak-256, and the trees of a proof.

Compiled from Cython; `tests/core_ext/reference.py` is the slow oracle that they agree with.
"""

from core_ext.allowed import allowed
from core_ext.constants import (
    ATTESTED,
    ATTESTED_ATTRIBUTE,
    ATTESTED_CSS,
    ATTESTED_DATA,
    ATTESTED_SCRIPT,
    ATTESTED_STRUCTURE,
    ATTESTED_SVG,
    ATTESTED_TEXT,
    COLLAPSE_WS,
    COMMENT,
    CSS,
    DOCTYPE,
    DROP_COMMENT,
    DROP_EMPTY_ATTR,
    DROP_OPTIONAL_END,
    DROP_UNUSED_RULE,
    DROP_WS_TEXT,
    EMPTY,
    END,
    KEEP,
    NORMALIZE_TAG,
    RAW,
    RULESETS,
    START,
    STEP_BYTES,
    TEXT,
)
from core_ext.constants import CDATA as CDATA
from core_ext.errors import CoreError, PageTooLarge, RuleViolation
from core_ext.keccak import keccak256
from core_ext.lexer import Tokens, lex
from core_ext.neighbours import misplaced
from core_ext.piece import is_token
from core_ext.proof import Proof, prove
from core_ext.rules import apply_rule
from core_ext.trace import Trace, trace
from core_ext.tree import StepTree, SumTree
from core_ext.unused import matched, selects

__all__ = [  # noqa: RUF022 - sorted as Python sorts, which a test checks
    "ATTESTED",
    "ATTESTED_ATTRIBUTE",
    "ATTESTED_CSS",
    "ATTESTED_DATA",
    "ATTESTED_SCRIPT",
    "ATTESTED_STRUCTURE",
    "ATTESTED_SVG",
    "ATTESTED_TEXT",
    "CDATA",
    "COLLAPSE_WS",
    "COMMENT",
    "CSS",
    "CoreError",
    "DOCTYPE",
    "DROP_COMMENT",
    "DROP_EMPTY_ATTR",
    "DROP_OPTIONAL_END",
    "DROP_UNUSED_RULE",
    "DROP_WS_TEXT",
    "EMPTY",
    "END",
    "KEEP",
    "NORMALIZE_TAG",
    "PageTooLarge",
    "Proof",
    "RAW",
    "RULESETS",
    "RuleViolation",
    "START",
    "STEP_BYTES",
    "StepTree",
    "SumTree",
    "TEXT",
    "Tokens",
    "Trace",
    "allowed",
    "apply_rule",
    "is_token",
    "keccak256",
    "lex",
    "matched",
    "misplaced",
    "prove",
    "selects",
    "trace",
]
