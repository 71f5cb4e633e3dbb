"""Checks every text of a `templates` folder: form, gaps, languages against each other, and what the words may say."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from followup.content.compiled import Compiled
from followup.content.editions import Edition, read_editions
from followup.content.front_matter import PARTS, SourceFault, read_parts, read_source
from followup.content.layout import Layout
from followup.content.lint_words import LintWords
from followup.content.sandbox import Sandbox
from followup.content.templates import STAFF_PLACEHOLDERS
from followup.content.text_rules import Text, remarks_on_text
from followup.content.values import PLACEHOLDERS
from followup.domain.channels import sms
from followup.domain.finding import Finding, Level

DECLARED = ("en-CA", "fr-CA")
_LOCALE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def check_templates(
    folder: Path, *, locales: Sequence[str] = DECLARED, refs: Collection[str] | None = None
) -> list[Finding]:
    """Every finding about the texts below `folder`, or about those called `refs`, in the order of files and lines."""
    check = _Check(folder)
    editions = [e for e in read_editions(folder / "messages") if refs is None or e.ref in refs]
    findings = [f for edition in editions for f in check.edition(edition, locales)]
    findings += check.staff_mail() if refs is None else ()
    return sorted(set(findings), key=lambda f: (f.file, f.line, f.rule, f.text))


class _Check:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._words, self._sandbox, self._layout = LintWords(folder), Sandbox(), Layout(folder)

    def edition(self, edition: Edition, locales: Sequence[str]) -> Iterator[Finding]:
        home = self._folder / "messages" / edition.ref
        for locale in locales:
            if locale not in edition.locales:
                what = f"the text has no {locale}"
                yield Finding(str(home / f"{locale}.j2"), 1, "missing-locale", what, "write this file")
        texts: list[Text] = []
        for name in edition.files:
            yield from self._read(edition, name, texts)
        for text in texts:
            yield from remarks_on_text(text)
        for text in texts[1:]:
            yield from _differences(texts[0], text)

    def staff_mail(self) -> Iterator[Finding]:
        for path in sorted((self._folder / "mail").glob("*.j2")):
            try:
                parts = read_parts(path.read_bytes().decode("utf-8", "surrogateescape"))
            except SourceFault as fault:
                yield Finding(str(path), fault.line, fault.rule, fault.text, fault.cure)
                continue
            for part in parts.values():
                for line, rule, what, _ in self._sandbox.faults(part.text, STAFF_PLACEHOLDERS):
                    yield Finding(str(path), part.line + line - 1, rule, what)

    def _read(self, edition: Edition, name: str, texts: list[Text]) -> Iterator[Finding]:
        file, language = str(self._folder / "messages" / edition.ref / name), name.removesuffix(".j2")
        if not _LOCALE.fullmatch(language):
            yield Finding(
                file, 1, "unknown-locale", f"{language!r} is no language", "name the file en-CA.j2 or fr-CA.j2"
            )
        try:
            source = read_source(edition.files[name])
        except SourceFault as fault:
            yield Finding(file, fault.line, fault.rule, fault.text, fault.cure)
            return
        compiled = Compiled(file, language, source, self._layout, self._sandbox, PLACEHOLDERS)
        texts.append(Text(file, language, source, self._words, self._sandbox, compiled))


def _differences(one: Text, other: Text) -> Iterator[Finding]:
    if one.message_class is not other.message_class:
        what = f"class {other.message_class}, but {one.language} has {one.message_class}"
        yield other.finding(2, "class-differs", what, cure="write the same in all languages")
    if one.source.sms_detail is not other.source.sms_detail:
        yield other.finding(
            2, "detail-differs", f"sms_detail differs from {one.language}", cure="write the same in all"
        )
    for name in PARTS if one.message_class in sms.RULES.exempt else ():
        if (name in one.source.parts) is not (name in other.source.parts):
            lacks, has = (other, one) if name in one.source.parts else (one, other)
            what = f"there is no part {name!r}, which {has.language} has"
            yield lacks.finding(1, "missing-part", what, cure=f"add a line --- {name} ---, or take it away there")
    if one.headings != other.headings:
        what = f"the body has {other.headings} headings, {one.language} has {one.headings}"
        yield other.finding(
            other.at("body"), "headings-differ", what, cure="give both the same titles", level=Level.WARNING
        )
    for name in PARTS:
        if name in one.source.parts and name in other.source.parts:
            lacking, extra = one.names(name) - other.names(name), other.names(name) - one.names(name)
            if lacking or extra:
                signs = [f"lacks {n}" for n in sorted(lacking)] + [f"has {n}" for n in sorted(extra)]
                what = f"the {name} {', '.join(signs)}, unlike {one.language}"
                yield other.finding(other.at(name), "placeholders-differ", what, cure="use the same in all languages")
