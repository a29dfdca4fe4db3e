"""``python -m benchmarks.quantities.hostile``: seconds for a line of one million characters, and how they grow.

Four times the text should take four times as long; a ratio near sixteen would mean squared time.
"""

from __future__ import annotations

import time

from indicators.quantities import find_quantities

PIECES = {
    "digits": "7",
    "万": "万",
    "brackets": "(（〔[",
    "blanks": " ",
    "grouped figures": "1,111,111,",
    "figures parted by points": "1.1.",
    "month ranges": "1-1月-",
    "Chinese numerals": "一二三",
    "headings": "(万元)",
    "bound words": "不超过",
    "ordinary quantities": "新增企业12家，",
}


def seconds(text: str) -> float:
    """CPU seconds of one call."""
    begin = time.process_time()
    find_quantities(text, year=2022)
    return time.process_time() - begin


def main() -> None:
    find_quantities("12家")
    print("| a line of | 250,000 characters, s | 1,000,000 characters, s | ratio |")
    print("| --- | --- | --- | --- |")
    for name, piece in PIECES.items():
        small, large = seconds(piece * (250_000 // len(piece))), seconds(piece * (1_000_000 // len(piece)))
        print(f"| {name} | {small:.2f} | {large:.2f} | {large / max(small, 1e-3):.1f} |")


if __name__ == "__main__":
    main()
