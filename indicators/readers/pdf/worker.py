"""A process of its own around pdfplumber: reads pages of a PDF from standard input, prints a line of JSON for each.

``worker.py MIB SECONDS PAGE...`` (pages count from 1). pdfminer, which pdfplumber stands on, trusts the numbers
in a file: one damaged font width makes it fill memory for hours. Only a process can be stopped at that.
"""

from __future__ import annotations

import io
import json
import logging
import sys


def main(memory: int, seconds: int, pages: list[int]) -> None:
    """Prints ``{"page": n, "height": h, "chars": [[text, x0, top, x1, bottom, base, size], ...]}`` for each page."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    except (ImportError, ValueError, OSError):  # Windows, or a tighter limit that stands already
        pass
    logging.disable(logging.CRITICAL)
    import pdfplumber

    with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as document:
        for number in pages:
            page = document.pages[number - 1]
            height = float(page.height)
            chars = [
                [
                    c["text"],
                    *(float(c[key]) for key in ("x0", "top", "x1", "bottom")),
                    height - c["matrix"][5],
                    c["size"],
                ]
                for c in page.chars
                if c["upright"] and len(c["text"]) == 1
            ]
            print(json.dumps({"page": number, "chars": chars}), flush=True)
            page.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [int(number) for number in sys.argv[3:]])
