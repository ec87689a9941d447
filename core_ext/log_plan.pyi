from typing import final

LeafSpec = tuple[bool, int, int, int]
ColumnSpec = tuple[int, int, int]
EventSpec = tuple[int, bytes, int, int, int, bool, list[LeafSpec], list[ColumnSpec], list[tuple[int, int]]]

LEAVES: dict[str, int]
COLUMNS: dict[str, int]

@final
class LogPlan:
    """Groups by address, and what is to become of the events of each group.

    An event: group, topic, table, topics, words of the data's head, whether it has more than the head, leaves (in a
    topic, which topic or word, kind, size), columns (kind, leaf, size), pairs of leaves that must be equal.
    """

    table_count: int
    def __init__(self, contracts: dict[bytes, int], events: list[EventSpec], tables: int) -> None: ...
