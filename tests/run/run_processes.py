"""What a run has left behind: the processes of its group."""

from __future__ import annotations

import time
from pathlib import Path


def members(group: int) -> list[int]:
    """Live processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, group_id = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
            except OSError:
                continue
            if int(group_id) == group and state != "Z":
                found.append(int(entry.name))
    return found


def gone(group: int) -> bool:
    deadline = time.monotonic() + 20
    while members(group):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
