"""Cold start: what one command costs before it does anything for the user."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measure import command_seconds, peak_of_command
from benchmarks.table import Table

_SMALL = "2022年全市新增规上工业企业12家以上。截至12月底，新增规上工业企业15家。\n"


def run() -> Table:
    """Wall time of whole processes, fastest of five."""
    python = sys.executable
    table = Table("Cold start (whole process, fastest of five)", ("command", "seconds", "peak MiB"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "small.txt")
        file.write_text(_SMALL, encoding="utf-8")
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "import indicators": [python, "-c", "import indicators"],
            "indicators --help": [python, "-m", "indicators", "--help"],
            "indicators score small.txt": [python, "-m", "indicators", "score", str(file)],
            "find_quantities on a sentence": [
                python,
                "-c",
                "import indicators; indicators.find_quantities('新增企业12家')",
            ],
        }
        for name, command in commands.items():
            table.add(name, command_seconds(command), peak_of_command(command))
    return table
