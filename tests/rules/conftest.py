"""The short row notation of ``tests/chain`` serves the rules too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "chain"))
