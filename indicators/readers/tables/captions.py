"""What names a table: the paragraph right before it, with the lines that only tell its unit."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.readers.tables.headings import column_role, parse_heading
from indicators.rulebook import phrase
from indicators.schema.source import EMPTY, Block, Paragraph, Passage

_CAPTION_CHARS = 60
_LINES = 4


def states_unit(text: str) -> bool:
    """Whether a line begins by telling the unit of figures: （单位：万元）, 计量单位：个."""
    return phrase("tables", "unit_line").match(text) is not None


def caption_below(blocks: Sequence[Block]) -> Passage:
    """The passage that names the table below ``blocks``; empty where a sentence or another table stands there."""
    named: list[Passage] = []
    units: list[Passage] = []
    for block in reversed(blocks[-_LINES:]):
        if not isinstance(block, Paragraph):
            break
        text = block.passage.text
        if states_unit(text):
            units.append(block.passage)
        elif not named and parse_heading(text).period and column_role(text) != "other":
            continue  # 1—6月累计: an upper heading that the table left above it
        elif not named and len(text) <= _CAPTION_CHARS and not text.endswith(("。", "；", ";", "，")):
            named.append(block.passage)
        else:
            break
    # A unit told above the name holds for it, too (单位：千元 / 1.经营计划): what is told last ends the caption.
    taken = [*named, *reversed(units)]
    if not taken:
        return EMPTY
    return Passage("".join(p.text for p in taken), tuple(at for p in taken for at in p.offsets))
