"""Facts told in hundreds of ways: what came out right when benchmarks/phrasings/right.txt was written still does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from benchmarks.phrasings import marked
from benchmarks.phrasings.__main__ import HELD, RIGHT, right
from benchmarks.phrasings.notes import Template, load

FACTS, KINDS, TEMPLATES = load()
HELD_OUT = [template for template in TEMPLATES if template.held]
OPEN = {
    group: list(some)
    for group, some in groupby((template for template in TEMPLATES if not template.held), lambda one: one.group)
}
DIGITS = set("0123456789一二三四五六七八九十百千两零半")
TOLD = dict(line.split() for line in RIGHT.read_text(encoding="utf-8").splitlines())


def came(templates: list[Template]) -> Iterator[tuple[str, int, int]]:
    """Of each template its id, the notes that come out right, and all."""
    for template in templates:
        notes = template.notes(FACTS, KINDS)
        yield template.id, sum(map(right, notes)), len(notes)


def test_every_template_is_held() -> None:
    assert list(TOLD) == [*(one.id for one in TEMPLATES if not one.held), HELD]
    assert len({one.id for one in TEMPLATES}) == len(TEMPLATES)


def test_every_slot_is_filled() -> None:
    for template in TEMPLATES:
        notes = template.notes(FACTS, KINDS)
        assert notes, template.id
        assert all("{" not in note.text for note in notes), template.id


@pytest.mark.parametrize("group", OPEN)
def test_a_way_to_say_it_is_understood_as_it_was(group: str) -> None:
    fallen = []
    for name, good, every in came(OPEN[group]):
        was, of = map(int, TOLD[name].split("/"))
        assert every == of, f"{name}: python -m benchmarks.phrasings --write"
        if good < was:
            fallen.append(f"{name}: {good}, was {was}")
    assert not fallen, "python -m benchmarks.phrasings --show ID"


def test_what_is_held_out_is_understood_as_it_was() -> None:
    good, every = (sum(column) for column in list(zip(*came(HELD_OUT), strict=True))[1:])
    was, of = map(int, TOLD[HELD].split("/"))
    assert every == of
    assert good >= was


def test_marked_phrases_are_whole() -> None:
    phrases = marked.load()
    assert len(phrases) > 2000
    for phrase in phrases:
        assert phrase.marks, (phrase.file, phrase.line)
        assert "[" not in phrase.text
        assert all(
            any(c.isdigit() or c in "一二三四五六七八九十百千两零半" for c in phrase.text[a:b])
            for _, a, b in phrase.marks
        )
    assert len({phrase.text for phrase in phrases}) == len(phrases)


def test_what_is_misread_of_a_phrase_is_told() -> None:
    right_one = marked.Phrase.of("one", 1, "年初目标[T:36公里]，实际完成[A:29公里]")
    assert right_one.text == "年初目标36公里，实际完成29公里"
    assert list(marked.misread(right_one)) == []
    wrong_one = marked.Phrase.of("one", 3, "年初目标[A:36公里]，实际完成29公里，力争明年40公里")
    assert wrong_one.held
    assert list(marked.misread(wrong_one)) == ["36公里 target", "40公里 target"]
