"""Markdown to HTML and plain text, once a template: Jinja tags pass through as words, so no value is ever Markdown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PHONE = re.compile(r"(?P<other><a\b.*?</a>|<[^>]*>)|\{\{ *clinic_phone *\}\}", re.DOTALL)
_DIAL = '<a class="phone" href="tel:{{ clinic_phone | tel }}">{{ clinic_phone }}</a>'
_NBSP = "\u00a0"


@dataclass
class Tags:
    """Jinja tags taken out of a text, each replaced by a word that Markdown and CSS leave alone."""

    stem: str
    found: list[str] = field(default_factory=list)

    @classmethod
    def out_of(cls, text: str) -> tuple[str, "Tags"]:
        stem = "jx"
        while stem in text:
            stem += "q"
        tags = cls(stem)
        return _TAG.sub(tags._take, text), tags

    def back_into(self, text: str) -> str:
        """Put the tags back; a statement that became a paragraph of its own loses the paragraph."""
        word = rf"{self.stem}(\d+)z"
        text = re.sub(rf"<p>{word}</p>", self._alone, text)
        return re.sub(word, lambda m: self.found[int(m[1])], text)

    def _take(self, match: re.Match[str]) -> str:
        self.found.append("" if match[0].startswith("{#") else match[0])
        return f"{self.stem}{len(self.found) - 1}z"

    def _alone(self, match: re.Match[str]) -> str:
        tag = self.found[int(match[1])]
        return tag if tag.startswith("{%") else match[0]


def to_html(text: str, language: str) -> str:
    """HTML of a Markdown text with Jinja tags in it; raw HTML in the text is escaped."""
    return _through(text, language, _MARKDOWN.render, finish=_callable)


def to_plain(text: str, language: str) -> str:
    """The same text for readers without HTML: no marks, links with their address behind them."""
    return _through(text, language, lambda source: "\n\n".join(_blocks(_MARKDOWN.parse(source))))


def _through(
    text: str, language: str, convert: Callable[[str], str], *, finish: Callable[[str], str] = lambda done: done
) -> str:
    bare, tags = Tags.out_of(text)
    return finish(tags.back_into(convert(_french(bare) if language.startswith("fr") else bare)))


def _callable(markup: str) -> str:
    """The clinic's phone number becomes a link that a telephone can dial, except inside a link."""
    return _PHONE.sub(lambda m: m[0] if m["other"] else _DIAL, markup)


def _french(text: str) -> str:
    text = re.sub(r" (?=[:»%](?:\s|$))", _NBSP, re.sub(r"« ", f"«{_NBSP}", text))
    return re.sub(r"(?<=\d) (?=(?:h|jours?|mois|ans?|semaines?)\b)", _NBSP, text)


def _blocks(tokens: list[Token]) -> Iterator[str]:
    prefix: list[str] = []
    items: list[str] = []
    counts: list[int | None] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                counts.append(None)
            case "ordered_list_open":
                counts.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                counts.pop()
                if not counts:
                    yield "\n".join(items)
                    items = []
            case "list_item_open":
                prefix.append(_bullet(counts))
            case "list_item_close":
                prefix.pop()
            case "inline" if counts:
                items.append(prefix[-1] + _inline(token))
                prefix[-1] = " " * len(prefix[-1])
            case "inline":
                yield _inline(token)
            case "hr":
                yield "-" * 20
            case "fence" | "code_block":
                yield token.content.rstrip("\n")
            case _:
                pass


def _bullet(counts: list[int | None]) -> str:
    indent, number = "  " * (len(counts) - 1), counts[-1]
    if number is None:
        return f"{indent}- "
    counts[-1] = number + 1
    return f"{indent}{number}. "


def _inline(token: Token) -> str:
    out: list[str] = []
    hrefs: list[tuple[str, int]] = []
    for child in token.children or []:
        match child.type:
            case "softbreak":
                out.append(" ")
            case "hardbreak":
                out.append("\n")
            case "link_open":
                hrefs.append((str(child.attrGet("href") or ""), len(out)))
            case "link_close":
                href, start = hrefs.pop()
                out.append(_address(href, "".join(out[start:])))
            case _:
                out.append(child.content)
    return "".join(out)


def _address(href: str, shown: str) -> str:
    return "" if href.startswith("tel:") or href.removeprefix("mailto:") == shown else f" ({href})"
