"""Spreads work over processes of this machine, or over a Ray cluster; the results come in the order of the work."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Any

from optimizer.errors import EngineAbsentError
from optimizer.site.jobs import PageDone, SiteOptions, work_on_page
from optimizer.site.model import SitePage

__all__ = ["work_on_pages"]

_AHEAD = 2
"""Pages handed out beyond those being worked on: enough to keep all busy, few enough to hold in memory."""


def work_on_pages(
    pages: Sequence[SitePage], files: Mapping[str, bytes], options: SiteOptions, *, jobs: int, engine: str
) -> Iterator[PageDone]:
    """Each page's result, in their order, as soon as it and those before it are there."""
    if engine == "ray":
        yield from _on_ray(pages, files, options, jobs)
    elif jobs == 1 or len(pages) < 2:
        for page in pages:
            yield work_on_page(page, files, options)
    else:
        yield from _in_processes(pages, files, options, jobs)


def _in_processes(
    pages: Sequence[SitePage], files: Mapping[str, bytes], options: SiteOptions, jobs: int
) -> Iterator[PageDone]:
    # Spawned: a fork would share the browser's pipe with its parent.
    pool = ProcessPoolExecutor(min(jobs, len(pages)), get_context("spawn"), _begin, (files, options))
    try:
        waiting: deque[Future[PageDone]] = deque()
        for page in pages:
            waiting.append(pool.submit(_work, page))
            if len(waiting) > jobs + _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


_given: list[Any] = []


def _begin(files: Mapping[str, bytes], options: SiteOptions) -> None:
    """In a new process: what is the same for all pages is sent once."""
    _given[:] = [files, options]


def _work(page: SitePage) -> PageDone:
    return work_on_page(page, *_given)


def _on_ray(
    pages: Sequence[SitePage], files: Mapping[str, bytes], options: SiteOptions, jobs: int
) -> Iterator[PageDone]:
    if find_spec("ray") is None:
        raise EngineAbsentError("ray")
    ray = import_module("ray")
    is_ours = not ray.is_initialized()
    if is_ours:
        # RAY_ADDRESS names a cluster; without it one is started here, with as many workers as there are jobs.
        here: dict[str, Any] = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": jobs, "include_dashboard": False}
        ray.init(log_to_driver=False, configure_logging=False, **here)
    try:
        work: Callable[..., Any] = ray.remote(work_on_page).remote
        shared = ray.put(files)
        waiting: deque[Any] = deque()
        for page in pages:
            waiting.append(work(page, shared, options))
            if len(waiting) > jobs + _AHEAD:
                yield ray.get(waiting.popleft())
        while waiting:
            yield ray.get(waiting.popleft())
    finally:
        if is_ours:
            ray.shutdown()
