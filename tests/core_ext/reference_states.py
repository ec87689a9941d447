"""The slow oracle's state machine of markup: the states of WHATWG HTML 13.2.5 under their own names, byte by byte.

A row says where each byte leads. "~state" reconsumes the byte there; END ends the token with this byte.
Rows are copied from the specification; what only reports an error is left out. `number_of` gives a state's number in
docs/lexer.md, where states are merged that no byte can tell apart.
"""

from __future__ import annotations

END = "END"
SPACE = b"\t\n\f\r "
ALPHA = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Row = dict[bytes | None, str]

STATES: dict[str, Row] = {
    # 13.2.5.8 and 13.2.5.32 to 13.2.5.40
    "tag name": {SPACE: "before attribute name", b"/": "self-closing start tag", b">": END, None: "tag name"},
    "before attribute name": {
        SPACE: "before attribute name",
        b"/>": "~after attribute name",
        b"=": "attribute name",
        None: "~attribute name",
    },
    "attribute name": {
        SPACE + b"/>": "~after attribute name",
        b"=": "before attribute value",
        None: "attribute name",
    },
    "after attribute name": {
        SPACE: "after attribute name",
        b"/": "self-closing start tag",
        b"=": "before attribute value",
        b">": END,
        None: "~attribute name",
    },
    "before attribute value": {
        SPACE: "before attribute value",
        b'"': "attribute value (double-quoted)",
        b"'": "attribute value (single-quoted)",
        b">": END,
        None: "~attribute value (unquoted)",
    },
    "attribute value (double-quoted)": {
        b'"': "after attribute value (quoted)",
        None: "attribute value (double-quoted)",
    },
    "attribute value (single-quoted)": {
        b"'": "after attribute value (quoted)",
        None: "attribute value (single-quoted)",
    },
    "attribute value (unquoted)": {SPACE: "before attribute name", b">": END, None: "attribute value (unquoted)"},
    "after attribute value (quoted)": {
        SPACE: "before attribute name",
        b"/": "self-closing start tag",
        b">": END,
        None: "~before attribute name",
    },
    "self-closing start tag": {b">": END, None: "~before attribute name"},
    # 13.2.5.41, 13.2.5.53 to 13.2.5.68: every state of a doctype ends at ">".
    "bogus comment": {b">": END, None: "bogus comment"},
    "doctype": {b">": END, None: "doctype"},
    # 13.2.5.43 to 13.2.5.52
    "comment start": {b"-": "comment start dash", b">": END, None: "~comment"},
    "comment start dash": {b"-": "comment end", b">": END, None: "~comment"},
    "comment": {b"<": "comment less-than sign", b"-": "comment end dash", None: "comment"},
    "comment less-than sign": {
        b"!": "comment less-than sign bang",
        b"<": "comment less-than sign",
        None: "~comment",
    },
    "comment less-than sign bang": {b"-": "comment less-than sign bang dash", None: "~comment"},
    "comment less-than sign bang dash": {
        b"-": "comment less-than sign bang dash dash",
        None: "~comment end dash",
    },
    "comment less-than sign bang dash dash": {None: "~comment end"},
    "comment end dash": {b"-": "comment end", None: "~comment"},
    "comment end": {b">": END, b"!": "comment end bang", b"-": "comment end", None: "~comment"},
    "comment end bang": {b"-": "comment end dash", b">": END, None: "~comment"},
    # 13.2.5.69 to 13.2.5.71
    "CDATA section": {b"]": "CDATA section bracket", None: "CDATA section"},
    "CDATA section bracket": {b"]": "CDATA section end", None: "~CDATA section"},
    "CDATA section end": {b"]": "CDATA section end", b">": END, None: "~CDATA section"},
    # 13.2.5.4, 13.2.5.15, 13.2.5.18 to 13.2.5.31. End tags are looked for by the lexer, before the byte is stepped.
    "script data": {b"<": "script data less-than sign", None: "script data"},
    "script data less-than sign": {b"!": "script data escape start", None: "~script data"},
    "script data escape start": {b"-": "script data escape start dash", None: "~script data"},
    "script data escape start dash": {b"-": "script data escaped dash dash", None: "~script data"},
    "script data escaped": {
        b"-": "script data escaped dash",
        b"<": "script data escaped less-than sign",
        None: "script data escaped",
    },
    "script data escaped dash": {
        b"-": "script data escaped dash dash",
        b"<": "script data escaped less-than sign",
        None: "script data escaped",
    },
    "script data escaped dash dash": {
        b"-": "script data escaped dash dash",
        b"<": "script data escaped less-than sign",
        b">": "script data",
        None: "script data escaped",
    },
    "script data escaped less-than sign": {ALPHA: "~script data double escape start:", None: "~script data escaped"},
    "script data double escaped": {
        b"-": "script data double escaped dash",
        b"<": "script data double escaped less-than sign",
        None: "script data double escaped",
    },
    "script data double escaped dash": {
        b"-": "script data double escaped dash dash",
        b"<": "script data double escaped less-than sign",
        None: "script data double escaped",
    },
    "script data double escaped dash dash": {
        b"-": "script data double escaped dash dash",
        b"<": "script data double escaped less-than sign",
        b">": "script data",
        None: "script data double escaped",
    },
    "script data double escaped less-than sign": {
        b"/": "script data double escape end:",
        None: "~script data double escaped",
    },
}

_NUMBERS = {
    "tag name": 1,
    "before attribute name": 2,
    "attribute name": 3,
    "after attribute name": 4,
    "before attribute value": 5,
    "attribute value (double-quoted)": 6,
    "attribute value (single-quoted)": 7,
    "attribute value (unquoted)": 8,
    "after attribute value (quoted)": 9,
    "self-closing start tag": 10,
    "comment": 11,
    "comment less-than sign": 11,
    "comment less-than sign bang": 11,
    "comment end dash": 12,
    "comment less-than sign bang dash": 12,
    "comment end": 13,
    "comment less-than sign bang dash dash": 13,
    "comment end bang": 14,
    "bogus comment": 15,
    "doctype": 16,
    "CDATA section": 17,
    "CDATA section bracket": 18,
    "CDATA section end": 19,
    "script data": 30,
    "script data less-than sign": 31,
    "script data escape start": 32,
    "script data escape start dash": 33,
    "script data escaped": 34,
    "script data escaped dash": 35,
    "script data escaped dash dash": 36,
    "script data escaped less-than sign": 37,
    "script data double escaped": 44,
    "script data double escaped dash": 45,
    "script data double escaped dash dash": 46,
    "script data double escaped less-than sign": 47,
}
# The states that carry the specification's temporary buffer, here behind the colon, in lower case.
_ESCAPE_START = "script data double escape start:"
_ESCAPE_END = "script data double escape end:"


def step(state: str, byte: int) -> str:
    """The state after one byte, or END."""
    while True:
        if state.startswith((_ESCAPE_START, _ESCAPE_END)):
            state, again = _step_buffer(state, byte)
        else:
            row = STATES[state]
            state = next((to for bytes_, to in row.items() if bytes_ is not None and byte in bytes_), row[None])
            again = state.startswith("~")
            state = state.removeprefix("~")
        if not again:
            return state


def _step_buffer(state: str, byte: int) -> tuple[str, bool]:
    """13.2.5.26 and 13.2.5.31: which way it goes depends on whether the letters read spell "script"."""
    kind, buffer = state.split(":")
    inside, outside = "script data escaped", "script data double escaped"
    if kind + ":" == _ESCAPE_END:
        inside, outside = outside, inside
    if byte in SPACE + b"/>":
        return outside if buffer == "script" else inside, False
    if byte in ALPHA:
        return f"{kind}:{buffer}{chr(byte).lower()}", False
    return inside, True


def number_of(state: str) -> int:
    """The state's number in docs/lexer.md. A buffer that "script" does not begin with can only lead back."""
    if ":" not in state:
        return _NUMBERS[state]
    kind, buffer = state.split(":")
    first, back = (37, 34) if kind + ":" == _ESCAPE_START else (48, 44)
    return first + len(buffer) if "script".startswith(buffer) else back


def state_of(number: int) -> str:
    """A state that has this number."""
    for name, its_number in _NUMBERS.items():
        if its_number == number:
            return name
    if 37 < number <= 43:
        return _ESCAPE_START + "script"[: number - 37]
    return _ESCAPE_END + "script"[: number - 48]
