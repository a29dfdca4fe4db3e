"""Seconds and bytes, taken the same way everywhere."""

from __future__ import annotations

import functools
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path


def best(function: Callable[[], object], repeats: int = 3) -> float:
    """CPU seconds of this process for the cheapest of ``repeats`` calls: a busy machine disturbs them least."""
    return min(_spent(function, time.process_time) for _ in range(repeats))


def _spent(function: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    function()
    return clock() - begun


def command_seconds(command: list[str], repeats: int = 5) -> float:
    """Seconds of wall time of a whole process, fastest of ``repeats``."""
    run = functools.partial(subprocess.run, command, check=True, capture_output=True)
    return min(_spent(run, time.perf_counter) for _ in range(repeats))


def peak_of_command(command: list[str]) -> float:
    """Peak resident memory of a process in MiB."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def resident(pid: int) -> float:
    """Resident memory of a process in MiB; 0 where it has ended."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started, and those that they started."""
    try:
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [below for child in found for below in children(child)]


class Watch:
    """Samples the memory of this process and its workers four times a second: ``samples`` holds
    (seconds since the start, MiB of this process, MiB of the largest worker)."""

    def __init__(self) -> None:
        self.samples: list[tuple[float, float, float]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        begun = time.monotonic()
        while not self._stop.wait(0.25):
            workers = [resident(child) for child in children(os.getpid())]
            self.samples.append((time.monotonic() - begun, resident(os.getpid()), max(workers, default=0.0)))

    def peak(self) -> tuple[float, float]:
        """Peaks in MiB: this process, the largest worker."""
        return max((s[1] for s in self.samples), default=0.0), max((s[2] for s in self.samples), default=0.0)


def machine() -> str:
    """Processor, cores, memory, Python and how busy the machine was."""
    model = platform.processor() or "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    memory = ""
    if hasattr(os, "sysconf"):
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()}, Python {platform.python_version()}{load}"
