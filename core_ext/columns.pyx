"""Tokens and steps from Python's buffers.

Invariant: `starts` has one entry more than there are tokens, rises, and stays within the page; a step has 18 bytes.
"""

from core_ext.steps cimport STEP, Steps
from libc.stdint cimport uint8_t, uint32_t


cdef int check_starts(const uint32_t[::1] starts, size_t count, size_t size) except -1:
    cdef size_t i
    if <size_t>starts.shape[0] != count + 1:
        raise ValueError(f"{count} tokens begin at {starts.shape[0]} places: one more is the end")
    for i in range(count):
        if starts[i] > starts[i + 1]:
            raise ValueError(f"token {i} ends before it begins")
    if starts[count] > size:
        raise ValueError(f"the tokens have {starts[count]} bytes, the page has {size}")
    return 0


cdef Steps steps_of(
    const uint8_t[::1] page, const uint8_t[::1] kinds, const uint32_t[::1] starts, const uint8_t[::1] steps
) except *:
    """Raises ValueError where the columns are not of one page."""
    cdef Steps t
    cdef size_t count = kinds.shape[0]
    check_starts(starts, count, page.shape[0])
    if <size_t>steps.shape[0] != count * STEP:
        raise ValueError(f"{count} tokens have {steps.shape[0]} bytes of steps: {STEP} each")
    t.page = &page[0] if page.shape[0] else NULL
    t.kinds = &kinds[0] if count else NULL
    t.starts = &starts[0]
    t.records = &steps[0] if count else NULL
    t.count = count
    t.out = NULL
    t.out_starts = NULL
    t.out_count = 0
    return t


cdef int put_output(Steps *t, const uint8_t[::1] optimized, const uint32_t[::1] out_starts) except -1:
    """Adds what was put out."""
    check_starts(out_starts, out_starts.shape[0] - 1, optimized.shape[0])
    t.out = &optimized[0] if optimized.shape[0] else NULL
    t.out_starts = &out_starts[0]
    t.out_count = out_starts.shape[0] - 1
    return 0
