"""The mentions of a passage as far as it has been read, found again by their sentence or their topic.

What a figure asks of those before it, it asks of its own sentence or topic: a paragraph may hold thousands of figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import overload

from indicators.extract.clauses import Span
from indicators.extract.model import Mention


class Told(Sequence[Mention]):
    """Mentions in reading order. Sentence and topic of a mention stay what they were when it was noted."""

    def __init__(self) -> None:
        self._all: list[Mention] = []
        self._by_sentence: dict[Span, list[Mention]] = defaultdict(list)
        self._by_topic: dict[int, list[Mention]] = defaultdict(list)

    def append(self, mention: Mention) -> None:
        """Notes the mention read last."""
        self._all.append(mention)
        self._by_sentence[mention.sentence].append(mention)
        self._by_topic[mention.topic].append(mention)

    def put_before_last(self, mentions: Sequence[Mention]) -> None:
        """Notes mentions of the last one's sentence in front of it."""
        if mentions:
            self._all[-1:-1] = mentions
            self._by_sentence[self._all[-1].sentence][-1:-1] = mentions
            for mention in mentions:
                self._by_topic[mention.topic].append(mention)

    def of_sentence(self, sentence: Span) -> Sequence[Mention]:
        """The mentions of a sentence, in reading order."""
        return self._by_sentence.get(sentence, ())

    def of_topic(self, topic: int) -> Sequence[Mention]:
        """The mentions of a topic."""
        return self._by_topic.get(topic, ())

    def is_answered(self, topic: int) -> bool:
        """Whether an actual was told of a topic."""
        return any(mention.role == "actual" for mention in self.of_topic(topic))

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
