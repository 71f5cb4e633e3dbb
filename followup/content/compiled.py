"""Compiled: one file of one template, each piece compiled on first use and filled in with harmless values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import Template, TemplateError, UndefinedError

from followup.content.front_matter import Source
from followup.content.layout import Layout
from followup.content.sandbox import Sandbox
from followup.domain.errors import TemplateFault

#: Which part of the file a piece is made of, and whether it is HTML.
_PIECES = {
    "sms": ("sms", False),
    "subject": ("subject", False),
    "title": ("subject", False),
    "text": ("body", False),
    "html": ("body", True),
    "page": ("body", True),
    "plain": ("body", False),
}
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_NAME = re.compile(r",?\s*\{\{-?\s*given_name\b[^}]*\}\}")


@dataclass(slots=True)
class Compiled:
    """The pieces of one file. `fill` raises TemplateFault with file and placeholder, never with a value."""

    file: str
    language: str
    source: Source
    layout: Layout
    sandbox: Sandbox
    known: frozenset[str]
    _ready: dict[str, Template] = field(default_factory=dict)

    def fill(self, piece: str, values: Mapping[str, object]) -> str:
        """One piece with its gaps filled."""
        template = self._ready.get(piece) or self._compile(piece)
        try:
            return template.render(values)
        except UndefinedError as fault:
            found = _UNDEFINED.search(fault.message or "")
            name = found[1] if found else ""
            raise TemplateFault(self.file, f"no value for {name!r}", placeholder=name) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError) as fault:
            raise TemplateFault(self.file, f"cannot be filled in: {type(fault).__name__}") from None

    def _compile(self, piece: str) -> Template:
        part, markup = _PIECES[piece]
        if part not in self.source.parts:
            raise TemplateFault(self.file, f"has no part {part!r}", cure=f"add --- {part} ---")
        text = self.source.parts[part].text
        for line, rule, what, name in self.sandbox.faults(text, self.known):
            place = self.source.parts[part].line + line - 1
            raise TemplateFault(f"{self.file}:{place}", f"{rule}: {what}", placeholder=name)
        env = self.sandbox.markup if markup else self.sandbox.text
        try:
            self._ready[piece] = env.from_string(self._source_of(piece, text))
        except TemplateError as fault:
            raise TemplateFault(self.file, f"the layout is not valid: {type(fault).__name__}") from None
        return self._ready[piece]

    def _source_of(self, piece: str, text: str) -> str:
        match piece:
            case "sms":
                return unfold(text)
            case "title":
                return _NAME.sub("", text)
            case "text":
                return self.layout.email_text(text, self.language)
            case "html":
                return self.layout.email_html(text, self.language)
            case "page":
                return self.layout.page(_NAME.sub("", text), self.language)
            case _:
                return text


def unfold(text: str) -> str:
    """Lines of a text joined by spaces; a blank line becomes one line break."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
