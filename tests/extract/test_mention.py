"""Where a mention's clause begins: known only where its words stand in the text as they are."""

from __future__ import annotations

import pytest

from indicators.extract.mentions import find_mentions
from indicators.extract.model import Mention
from indicators.schema.source import Passage
from indicators.tasks.model import Context, Part


def mentions(text: str) -> list[Mention]:
    return find_mentions(Part("prose", Passage(text, tuple(range(len(text))))), Context(2023))


def test_a_clause_opens_behind_its_bracket() -> None:
    text = "茶园面积（目标12万亩）达到13万亩。"
    promised, told = mentions(text)
    assert text[promised.wall or 0] == "（"
    assert promised.in_bracket
    assert promised.wall == text.index("（")
    assert not told.in_bracket


@pytest.mark.parametrize("left", ["比所有前面的文字都要长得多的合并名称", "别的话"])
def test_words_put_together_from_a_list_have_no_place(left: str) -> None:
    """分别 gives a figure the words of the list before it; the character before them is nobody's."""
    mention = mentions("粮食、油料产量分别为30万吨、4万吨。")[1]
    mention.left = left
    assert mention.wall is None
    assert not mention.in_bracket


def test_a_figure_at_the_end_of_its_text_opens_no_bracket() -> None:
    assert not mentions("建成充电桩260个")[-1].opens_bracket()
    assert mentions("引进项目20个（已开工12个）")[0].opens_bracket()
