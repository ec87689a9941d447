"""Errors of core_ext.

CoreError
├── RuleViolation   a rule may not be applied where it was asked to be
├── PageTooLarge    offsets are 32 bits wide
└── AnswerMalformed a node's answer is not JSON, or not a list of logs
"""


class CoreError(ValueError):
    """The bytes or rules given cannot be what they are said to be."""


class RuleViolation(CoreError):
    """A rule may not be applied to this token in this state."""

    def __init__(self, index: int, rule: int, reason: str) -> None:
        super().__init__(f"rule {rule} may not be applied to token {index}: {reason}")
        self.index = index
        self.rule = rule
        self.reason = reason


class PageTooLarge(CoreError):
    """A page has at most 2^32 - 2 bytes, so that every offset and count fits 32 bits."""


class AnswerMalformed(CoreError):
    """A node's answer is cut short, is not JSON, or holds something that is not a log."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(f"{reason}, at byte {offset}")
        self.offset = offset
        self.reason = reason
