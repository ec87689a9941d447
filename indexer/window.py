"""How many blocks to ask for at once: more while answers are small, fewer when they are not."""

_LOGS_WANTED = 10_000  # an answer: some 7 MB of JSON, 15 MB as values


def grown(blocks: int, logs: int, most: int) -> int:
    """The window after an answer of `logs` logs for `blocks` blocks: towards the wanted number, at most twice."""
    if logs == 0:
        return min(2 * blocks, most)
    return max(1, min(blocks * _LOGS_WANTED // logs, 2 * blocks, most))


def halved(blocks: int) -> int:
    """The window after an answer that was too large."""
    return max(1, blocks // 2)
