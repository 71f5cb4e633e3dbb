"""The frame around a body: e-mail in HTML and plain text, and the page behind a short SMS."""

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path

import css_inline
import yaml

from followup.content.markdown import Tags, to_html, to_plain
from followup.content.shipped import own_or_shipped

_WORD = re.compile(r"\{\{ words\.(\w+) \}\}")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_INLINER = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)


class Layout:
    """The files under `templates/layout`; a folder without them uses those that came with the program."""

    def __init__(self, folder: Path) -> None:
        home = own_or_shipped(folder, "layout")
        self._html = (home / "email.html.j2").read_text("utf-8")
        self._text = (home / "email.txt.j2").read_text("utf-8")
        self._page = (home / "page.html.j2").read_text("utf-8")
        self._words: Mapping[str, Mapping[str, str]] = yaml.safe_load((home / "words.yaml").read_text("utf-8"))
        self.page_style = _digest(self._page)

    def email_html(self, body: str, language: str) -> str:
        """Jinja source of the HTML part, styles inlined; the dark-mode rules stay in the head."""
        whole = self._framed(self._html, to_html(body, language), language, escape=True)
        bare, tags = Tags.out_of(whole)
        return tags.back_into(_INLINER.inline(bare))

    def email_text(self, body: str, language: str) -> str:
        """Jinja source of the plain-text part."""
        return self._framed(self._text, to_plain(body, language), language, escape=False)

    def page(self, body: str, language: str) -> str:
        """Jinja source of the page behind a short SMS."""
        return self._framed(self._page, to_html(body, language), language, escape=True)

    def _framed(self, frame: str, body: str, language: str, *, escape: bool) -> str:
        base = language.partition("-")[0]
        words = self._words.get(base, self._words["en"])
        colon = "\u00a0:" if base == "fr" else ":"
        spoken = _WORD.sub(lambda m: _shown(words[m[1]], escape=escape), frame)
        return spoken.replace("{{ colon }}", colon).replace("{{ body }}", body)


def _shown(word: str, *, escape: bool) -> str:
    return html.escape(word, quote=False) if escape else word


def _digest(page: str) -> str:
    style = _STYLE.search(page)
    digest = hashlib.sha256((style[1] if style else "").encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
