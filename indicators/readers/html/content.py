"""The main content of a page: what a reader came for, found by text and links, helped by class names."""

from __future__ import annotations

from typing import Any

import regex

from indicators.readers.html.tables import Layouts
from indicators.readers.html.text import flow_text, names
from indicators.readers.html.words import boilerplate_words, byline, content_words, is_chrome
from indicators.readers.tables.shape import compact

_DROPPED_TAGS = (
    "script style noscript template iframe frame object embed applet canvas svg audio video map select option button "
    "input textarea datalist del nav footer aside dialog"
)
_DROPPED = frozenset(_DROPPED_TAGS.split())
_TEXT_TAGS = frozenset(("p", "h2", "h3", "h4", "h5", "h6", "ol", "pre", "blockquote"))
_LEAVES = frozenset(("p", "ul", "ol", "pre", "li", "h1", "h2", "h3"))
_HIDDEN = regex.compile(r"display:none|visibility:hidden|mso-hide:all")
_SENTENCE = regex.compile(r"[。；！？]")


def strip_hidden(root: Any) -> None:
    """Removes what a page never shows, and elements that by their tag are no content. Tails stay."""
    for element in list(root.iter()):
        if element.getparent() is None:
            continue
        style = str(element.get("style") or "").replace(" ", "").lower()
        hidden = (
            _HIDDEN.search(style) is not None
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
        )
        if element.tag in _DROPPED or hidden:
            _drop(element)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


class _Weights:
    """For every element: characters outside links, characters in links, sentences, cells of tables."""

    def __init__(self, root: Any):
        self.text: dict[Any, int] = {}
        self.links: dict[Any, int] = {}
        self.sentences: dict[Any, int] = {}
        self.n_links: dict[Any, int] = {}
        for element in reversed(list(root.iter())):
            text = sentences = links = count = 0
            pieces = [element.text, *(child.tail for child in element)]
            for piece in pieces:
                if piece:
                    text += len(compact(piece))
                    sentences += len(_SENTENCE.findall(piece))
            for child in element:
                text += self.text[child]
                links += self.links[child]
                sentences += self.sentences[child]
                count += self.n_links[child]
            if element.tag == "a" and element.get("href") is not None:
                links, count = links + text, count + 1
                text = sentences = 0
            self.text[element], self.links[element] = text, links
            self.sentences[element], self.n_links[element] = sentences, count

    def content(self, element: Any) -> int:
        """How much an element is worth: its text without links, more where it has sentences."""
        return self.text[element] + 20 * self.sentences[element]


def main_content(root: Any) -> tuple[Any, Layouts]:
    """The smallest element that holds the report (the page's body where nothing stands out), and its tables' kinds."""
    body = next(root.iter("body"), root)
    weights = _Weights(body)
    if _prune(body, weights):
        weights = _Weights(body)
    layouts = Layouts(body)
    marked = _marked(body, weights)
    return (marked if marked is not None else _descend(body, weights, layouts)), layouts


def _prune(body: Any, weights: _Weights) -> bool:
    """Removes side columns and lists of links; never what holds a large part of the page's text. Whether any was."""
    total = max(weights.content(body), 1)
    removed: set[Any] = set()
    for element in list(body.iter("div", "ul", "ol", "dl", "section", "header", "form", "p", "span", "td", "table")):
        share = weights.content(element) / total
        links = weights.links[element]
        if share >= 0.3 or (element.tag in ("p", "td", "span") and not (links and share < 0.1)):
            continue
        words = names(element)
        named = bool(words & boilerplate_words()) and not words & content_words()
        listing = weights.n_links[element] >= 3 and links > weights.text[element] and not weights.sentences[element]
        if not named and not listing:
            continue
        if any(one in removed for one in element.iterancestors()) or next(element.iter("h1"), None) is not None:
            continue
        removed.add(element)
    for element in removed:
        _drop(element)
    return bool(removed)


def _marked(body: Any, weights: _Weights) -> Any | None:
    """The element that the site itself marks as the article, if it holds most of the text left."""
    total = weights.content(body)
    best = None
    marked = []
    for element in body.iter("div", "td", "article", "section", "main"):
        by_tag = element.tag in ("article", "main") or element.get("itemprop") == "articleBody"
        whole = {str(element.get("id") or "").lower(), *str(element.get("class") or "").lower().split()}
        if not by_tag and not whole & content_words():
            continue
        marked.append(element)
        if weights.content(element) >= 0.6 * total and weights.text[element] >= 20:
            best = element  # document order: a later match lies deeper, or is the larger part
    if best is not None and any(
        other is not best and other.getparent() is best.getparent() and weights.content(other) > 0.02 * total
        for other in marked
    ):
        return best.getparent()  # a report in several parts, each marked alike
    return best


def _descend(body: Any, weights: _Weights, layouts: Layouts) -> Any:
    """From the body down, as long as one child holds nearly all text and the others nothing like a report's."""
    current = body
    while True:
        children = [child for child in current if weights.text[child]]
        if not children:
            return current
        best = max(children, key=weights.content)
        rest = [child for child in children if child is not best]
        if best.tag in _LEAVES or (best.tag == "table" and not layouts.is_layout(best)):
            return current
        own = len(compact(current.text or "")) + sum(len(compact(child.tail or "")) for child in current)
        if weights.content(best) < 0.6 * weights.content(current) or own > 40:
            return current
        if any(_of_report(child, weights) for child in rest):
            return current
        if best.tag in ("b", "strong", "span", "font", "a"):
            return current
        current = best


def _of_report(element: Any, weights: _Weights) -> bool:
    """Whether an element beside the main part looks like a part of the report itself."""
    if weights.sentences[element] or element.tag in ("h1", "table") or element.find(".//h1") is not None:
        return True
    if element.tag not in _TEXT_TAGS:
        return False
    line = flow_text(element)
    return not is_chrome(line) and not byline(line)
