"""Why an actual was passed over, in a few Chinese words that more than one step says or asks after."""

from __future__ import annotations

UNLIKE = "名称不同"
TOO_UNLIKE = "名称不够相近"
"""Nothing but its name stands against it."""
NEARER = "另有更相近的"
"""Nothing stands against it, but another was taken."""
TAKEN = "已对应另一目标"
OTHER_LEVEL = "级别不同"
OTHER_SUBJECT = "对象不同"
A_PART = "实际只是其中一部分"
ONE_KIND = "实际只是其中一类"
