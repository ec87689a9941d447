"""Numbers of the protocol that more than one module needs: token kinds, rules, rule sets, flag bits, sizes.

Normative text: docs/lexer.md and docs/PROTOCOL.md.
"""

# Kinds of a token.
EMPTY = 0
DOCTYPE = 1
START = 2
END = 3
TEXT = 4
COMMENT = 5
RAW = 6
CDATA = 7
CSS = 8

# Rules.
KEEP = 0
DROP_COMMENT = 1
COLLAPSE_WS = 2
DROP_WS_TEXT = 3
NORMALIZE_TAG = 4
DROP_OPTIONAL_END = 5
DROP_EMPTY_ATTR = 6
DROP_UNUSED_RULE = 7
# Attested rules may put any bytes in a token's place; verifiers vote on the result, nobody can prove it.
ATTESTED_CSS = 128
ATTESTED_SCRIPT = 129
ATTESTED_SVG = 130
ATTESTED_DATA = 131
ATTESTED_STRUCTURE = 132
ATTESTED_ATTRIBUTE = 133
ATTESTED_TEXT = 134
ATTESTED = frozenset(range(ATTESTED_CSS, ATTESTED_TEXT + 1))

RULESETS: dict[int, frozenset[int]] = {
    1: frozenset({KEEP, DROP_COMMENT, COLLAPSE_WS}),
    2: frozenset(range(DROP_UNUSED_RULE + 1)) | ATTESTED,
}

# A token longer than this is cut into pieces of this many bytes and a rest.
PIECE_BYTES = 1024
# `parent` of a token with no open element around it.
NO_PARENT = 2**32 - 1
# rule u8 | emits u8 | flags u16 | depth u16 | parent u32 | out u32 | attested u32, big-endian
STEP_BYTES = 18

# Flags of a step.
STATE_MASK = 0x007F
FOREIGN = 0x0080
PRESERVE = 0x0100
JOIN_RISK = 0x0200
# Outside CSS states bits 10 to 14 mean:
CDATA_OK = 0x0400
LAST = 0x0800
AFTER_SPACE = 0x1000
AFTER_LF = 0x2000
MATH = 0x4000
# In CSS states bits 10 to 15 mean:
CSS_NESTING_SHIFT = 10
CSS_NESTING_MASK = 0x1C00
CSS_HEAD = 0x2000
CSS_IN_GROUP = 0x4000
CSS_AT = 0x8000
