from typing import final

from core_ext.log_plan import LogPlan

@final
class Scan:
    rows: list[bytes]
    counts: list[int]
    blocks: list[tuple[int, bytes, int | None, int]]
    odd: list[bytes]
    results: dict[str | None, bytes]
    errors: dict[str | None, bytes]
    has_logs: bool
    is_ordered: bool

def scan_answer(plan: LogPlan, answer: bytes | bytearray, times: dict[int, int] | None = None) -> Scan: ...
