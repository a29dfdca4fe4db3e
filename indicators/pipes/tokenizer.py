"""A jieba tokenizer of its own: words added to it reach no other user of jieba, and are saved with the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, get_words_and_spaces
from spacy.vocab import Vocab

if TYPE_CHECKING:
    import jieba

# jieba cuts 1,234.56 at the comma and does not know 〇.
_WHOLE = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[〇零一二三四五六七八九]{4}(?=年)"
_FILE = "words.txt"


def create_jieba_tokenizer(words: list[str] | None = None) -> Callable[[Language], JiebaTokenizer]:
    """``@tokenizers = "indicators.JiebaTokenizer.v1"``, found by entry point; ``words`` are kept whole."""

    def create(nlp: Language) -> JiebaTokenizer:
        return JiebaTokenizer(nlp.vocab, words or ())

    return create


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    # Read afresh rather than from jieba's cache, which is unmarshalled from the temp folder that all users share.
    import jieba

    frequencies, total = jieba.Tokenizer.gen_pfdict(jieba.get_module_res("dict.txt"))
    return frequencies, total


@cache
def _whole() -> Any:
    import regex

    return regex.compile(_WHOLE)


class JiebaTokenizer(DummyTokenizer):
    """Cuts text into words; offsets are kept, ``doc.text`` is the text."""

    def __init__(self, vocab: Vocab, words: Iterable[str] = ()) -> None:
        self.vocab = vocab
        self._words: list[str] = []
        self._cutter: jieba.Tokenizer | None = None
        self.add_words(words)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were added."""
        return tuple(self._words)

    def add_words(self, words: Iterable[str]) -> None:
        """Keep ``words`` whole from now on, in this tokenizer only."""
        self._words += [word for word in dict.fromkeys(words) if word not in self._words]
        self._cutter = None

    def __call__(self, text: str) -> Doc:
        words, spaces = get_words_and_spaces([word for word in self._cut(text) if word], text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _cut(self, text: str) -> Iterator[str]:
        cutter = self._cutter or self._build()
        at = 0
        for match in _whole().finditer(text):
            yield from cutter.cut(text[at : match.start()])
            yield match.group()
            at = match.end()
        yield from cutter.cut(text[at:])

    def _build(self) -> jieba.Tokenizer:
        import jieba

        cutter = jieba.Tokenizer()
        frequencies, cutter.total = _dictionary()
        cutter.FREQ = dict(frequencies) if self._words else frequencies
        cutter.initialized = True
        for word in self._words:
            cutter.add_word(word)
        self._cutter = cutter
        return cutter

    def to_bytes(self, **kwargs: Any) -> bytes:
        """The added words."""
        return "\n".join(self._words).encode()

    def from_bytes(self, data: bytes, **kwargs: Any) -> JiebaTokenizer:
        """Take the words of ``data`` instead of one's own."""
        self._words = [word for word in data.decode().split("\n") if word]
        self._cutter = None
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write the added words into the folder ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **kwargs: Any) -> JiebaTokenizer:
        """Read the added words from the folder ``path``."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())

    def __reduce__(self) -> tuple[Any, ...]:
        # jieba's tokenizer holds a lock; workers build their own.
        return JiebaTokenizer, (self.vocab, self._words)
