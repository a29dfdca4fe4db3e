"""What a long run remembers is bounded: no cache grows with the reports that were read."""

from __future__ import annotations

import functools
import gc

import indicators

_MOST = 8192


def _report(first: str, second: str) -> str:
    """A report of things that no other report names."""
    lines = [f"{n}.全年新建{first}{second}{first}{n}座以上，实际新建{second}{first}{n + 1}座。" for n in range(1, 9)]
    return "\n".join(["2022年重点任务完成情况", *lines])


def _caches() -> dict[str, functools._lru_cache_wrapper[object]]:
    found = (o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper))
    return {f"{c.__module__}.{c.__qualname__}": c for c in found if c.__module__.startswith("indicators.")}


def test_caches_without_bound_know_nothing_of_a_report() -> None:
    indicators.score_text(_report("驿", "廊"))
    before = {name: cache.cache_info().currsize for name, cache in _caches().items()}
    for first, second in ("谷塔", "渡碑", "岸亭"):
        indicators.score_text(_report(first, second))
    unbounded = {name: cache for name, cache in _caches().items() if cache.cache_info().maxsize is None}
    assert {name: cache.cache_info().currsize for name, cache in unbounded.items()} == {n: before[n] for n in unbounded}


def test_caches_that_know_reports_are_small() -> None:
    indicators.score_text(_report("驿", "廊"))
    large = {name: size for name, cache in _caches().items() if (size := cache.cache_info().maxsize or 0) > _MOST}
    assert large == {}
