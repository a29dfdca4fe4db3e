"""The mentions of a passage as far as it has been read, found again by sentence, topic or unit.

What a figure asks of those before it, it asks of its own kin alone: a paragraph may hold thousands of figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import overload

from indicators.extract.clauses import Span
from indicators.extract.model import Mention


class Told(Sequence[Mention]):
    """Mentions in reading order. What they are found by stays; a role changes by its calls alone."""

    def __init__(self) -> None:
        self._all: list[Mention] = []
        self._by_sentence: dict[Span, list[Mention]] = defaultdict(list)
        self._by_topic: dict[int, list[Mention]] = defaultdict(list)
        self._by_unit: dict[str, list[Mention]] = defaultdict(list)
        self._at_level: dict[Span, list[Mention]] = defaultdict(list)
        self._answers: Counter[int] = Counter()

    def append(self, mention: Mention) -> None:
        """Notes the mention read last."""
        self._all.append(mention)
        self._answers[mention.topic] += mention.role == "actual"
        for kin in self._kin(mention):
            kin.append(mention)

    def put_before_last(self, mentions: Sequence[Mention]) -> None:
        """Notes mentions in front of the last one, of which they were drawn."""
        for mention in mentions:
            self._all.insert(-1, mention)
            self._answers[mention.topic] += mention.role == "actual"
            for kin in self._kin(mention):
                kin.insert(-1 if kin and kin[-1] is self._all[-1] else len(kin), mention)

    def turn_to_promise(self, mention: Mention, rule: str) -> None:
        """What was taken for told turns out to be promised."""
        self._answers[mention.topic] -= mention.role == "actual"
        mention.role, mention.rule = "target", rule

    def turn_to_answer(self, mention: Mention, rule: str) -> None:
        """What was taken for promised turns out to be told."""
        self._answers[mention.topic] += mention.role != "actual"
        mention.role, mention.rule = "actual", rule

    def set_aside(self, mention: Mention, rule: str) -> None:
        """What was taken for told turns out to tell nothing of its own."""
        self._answers[mention.topic] -= mention.role == "actual"
        mention.role, mention.rule = "other", rule

    def give_topic(self, mention: Mention, promise: Mention) -> None:
        """What was told under a name of its own turns out to be of a promise."""
        self._answers[mention.topic] -= mention.role == "actual"
        self._by_topic[mention.topic].remove(mention)
        mention.name, mention.topic = promise.name, promise.topic
        self._answers[mention.topic] += mention.role == "actual"
        self._by_topic[mention.topic].append(mention)

    def _kin(self, mention: Mention) -> Iterator[list[Mention]]:
        """The lists that a mention belongs to."""
        yield self._by_sentence[mention.sentence]
        yield self._by_topic[mention.topic]
        yield self._by_unit[mention.quantity.unit]
        if mention.name.level is not None and mention.name.level_printed:
            yield self._at_level[mention.sentence]

    def of_sentence(self, sentence: Span) -> Sequence[Mention]:
        """The mentions of a sentence, in reading order."""
        return self._by_sentence.get(sentence, ())

    def of_topic(self, topic: int) -> Sequence[Mention]:
        """The mentions of a topic."""
        return self._by_topic.get(topic, ())

    def of_unit(self, unit: str) -> Sequence[Mention]:
        """The mentions in a unit, in reading order."""
        return self._by_unit.get(unit, ())

    def at_level(self, sentence: Span) -> Sequence[Mention]:
        """The mentions of a sentence whose names print an administrative level, in reading order."""
        return self._at_level.get(sentence, ())

    def is_answered(self, topic: int) -> bool:
        """Whether an actual was told of a topic."""
        return self._answers[topic] > 0

    def is_promised(self, topic: int) -> bool:
        """Whether a target was told of a topic."""
        return any(m.role == "target" for m in self._by_topic.get(topic, ()))

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | list[Mention]:
        return self._all[at]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._all)

    def __reversed__(self) -> Iterator[Mention]:
        return reversed(self._all)
