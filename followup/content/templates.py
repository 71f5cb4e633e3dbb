"""Templates: the texts under `templates/messages`, compiled once a version and filled in safely."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from followup.content.compiled import Compiled
from followup.content.editions import LAST_RESORT, Edition, base_of, choose_locale, read_editions
from followup.content.front_matter import Override, Source, SourceFault, read_parts, read_source
from followup.content.layout import Layout
from followup.content.lint_words import LintWords
from followup.content.merged import Block, merge, values_of
from followup.content.sandbox import Sandbox
from followup.content.shipped import own_or_shipped
from followup.content.values import PERSONAL, PLACEHOLDERS, clean_values
from followup.domain.channels import email, sms
from followup.domain.clinic import Clinic, DetailLevel
from followup.domain.errors import ConfigFault, Fault, NotFound, TemplateFault
from followup.domain.escalation import Escalation, number_of
from followup.domain.message import Channel, MessageClass
from followup.domain.window import to_local

T = TypeVar("T")
#: What a text for staff may name: ids and words of ours, never a patient's.
STAFF_PLACEHOLDERS = frozenset(
    {"clinic_name", "escalation_id", "kind", "subject_id", "summary", "opened_at", "due_at", "number"}
)
_SOLICITED = frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY})
#: Texts of the system's own: around the blocks of several treatments, and where an SMS may say nothing.
FRAME, NOTICE = "system/merged-care", "system/notice"
_MOST_MERGES = 200
_PADDING = "\u2007\u034f " * 40


@dataclass(frozen=True, slots=True)
class Rendered:
    """One text, ready to go. SMS uses `text` alone; e-mail `subject`, `text` and `html` (segments 0)."""

    text: str
    subject: str
    html: str
    language: str
    message_class: MessageClass
    encoding: str
    segments: int


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML document without the patient's name; `style` is the CSP source of its one style element."""

    title: str
    html: str
    language: str
    style: str


class Templates:
    """All texts of a `templates` folder, as read last; other versions are adopted from the database."""

    def __init__(self, folder: Path) -> None:
        home = folder / "messages"
        if not home.is_dir():
            raise ConfigFault((Fault(str(home), "there is no such folder", "templates"),))
        self._folder, self._mail = folder, folder / "mail"
        self._layout, self._sandbox, self._words = Layout(folder), Sandbox(), LintWords(folder)
        self._current: dict[str, Edition] = {}
        self._editions: dict[str, Edition] = {}
        self.read_again()
        self._compiled: dict[tuple[str, str], Compiled] = {}
        self._merges: dict[tuple[str, ...], Compiled] = {}

    def read_again(self) -> None:
        """Take in what was changed on disk since; what is pinned stays what it was."""
        self._current = {edition.ref: edition for edition in read_editions(self._folder / "messages")}
        self._editions |= {edition.version: edition for edition in self._current.values()}

    @property
    def refs(self) -> tuple[str, ...]:
        """Every template on disk, as `<folder>/<step>`."""
        return tuple(sorted(self._current))

    def version(self, ref: str) -> str:
        """The content hash (16 hex digits) of a template on disk; NotFound if there is none."""
        return self._on_disk(ref).version

    def files(self, ref: str) -> Mapping[str, str]:
        """The files of a template on disk by name, to be kept for pinned messages."""
        return self._on_disk(ref).files

    def locales(self, ref: str) -> tuple[str, ...]:
        """The languages of a template on disk."""
        return self._on_disk(ref).locales

    def has(self, version: str) -> bool:
        """True if this version can be rendered."""
        return version in self._editions

    def adopt(self, version: str, ref: str, files: Mapping[str, str]) -> None:
        """Take in an older version that a message is pinned to."""
        self._editions.setdefault(version, Edition(ref, version, dict(files)))

    def message_class(self, ref: str, *, version: str, locale: str, fallback: str = LAST_RESORT) -> MessageClass:
        """The class that the front matter names."""
        return self._text(ref, version, locale=locale, fallback=fallback).source.message_class

    def sms_detail(self, ref: str, *, version: str, locale: str) -> DetailLevel:
        """How much its SMS may say, by its front matter."""
        return self._text(ref, version, locale=locale, fallback=LAST_RESORT).source.sms_detail

    def overrides(self, ref: str) -> Mapping[str, Override]:
        """The decisions recorded in the files of a template on disk, by `file:line`."""
        edition = self._on_disk(ref)
        texts = (self._text(ref, edition.version, locale=one, fallback=LAST_RESORT) for one in edition.locales)
        return {
            f"{t.file}:{t.source.lines.get('detail_override', 1)}": t.source.override
            for t in texts
            if t.source.override is not None
        }

    def render(
        self,
        ref: str,
        *,
        version: str,
        locale: str,
        channel: Channel,
        values: Mapping[str, object],
        fallback: str,
        detail: DetailLevel = DetailLevel.TREATMENT,
        blocks: Sequence[Block] = (),
    ) -> Rendered:
        """Fill in one channel's text in the patient's language (else its base, the fallback, en-CA).

        A `date` among the values is written in that language, and `stop_line` comes from there too. Blank and missing
        values are the same: a template that shows one raises TemplateFault. `detail` is what the clinic allows on a
        lock screen: below `treatment` a personal value that says more is left out, at `none` an SMS says only that
        there is a message. With `blocks` it is one text for all of them.
        """
        if channel is Channel.SMS and detail is DetailLevel.NONE and not self._answers(ref, version, locale):
            ref, version, blocks = NOTICE, self._own_frame(NOTICE), ()
        text = (
            self._merged(blocks, locale, fallback)
            if blocks
            else self._text(ref, version, locale=locale, fallback=fallback)
        )
        own = {**clean_values(values, text.language), **values_of(blocks, text.language)}
        known = {**own, "stop_line": sms.STOP_LINES[_spoken(text.language)]}
        match channel:
            case Channel.SMS:
                return _sms(text, self._discreet(text, known, "sms", detail=detail))
            case Channel.EMAIL:
                return _email(text, known, subject=self._discreet(text, known, "subject", detail=detail))

    def _answers(self, ref: str, version: str, locale: str) -> bool:
        return self.message_class(ref, version=version, locale=locale) in _SOLICITED

    def _discreet(
        self, text: Compiled, values: Mapping[str, object], part: str, *, detail: DetailLevel
    ) -> Mapping[str, object]:
        """The values that may show on a lock screen; raises TemplateFault for a text that itself says too much."""
        if detail is DetailLevel.TREATMENT:
            return values
        if text.source.sms_detail is DetailLevel.TREATMENT:
            hit = next(self._words.private(text.source.parts[part].text if part in text.source.parts else ""), None)
            if hit is not None:
                cure = "set sms_detail_level: treatment in the clinic's file, or take the word out"
                raise TemplateFault(text.file, f"the {part} says more than the clinic allows", cure=cure)
        return {k: v for k, v in values.items() if k not in PERSONAL or not self._words.tells(str(v))}

    def _merged(self, blocks: Sequence[Block], locale: str, fallback: str) -> Compiled:
        """The one text of these blocks, in one language."""
        frame = self._text(FRAME, self._own_frame(FRAME), locale=locale, fallback=fallback)
        texts = [self._text(b.ref, b.version, locale=locale, fallback=fallback) for b in blocks]
        titles = [b.titles[choose_locale(sorted(b.titles), frame.language, fallback)] for b in blocks]
        key = (frame.file, *(f"{b.version}:{title}" for b, title in zip(blocks, titles, strict=True)))
        if key not in self._merges:
            if len(self._merges) >= _MOST_MERGES:
                self._merges.clear()
            self._merges[key] = merge(frame, list(zip(titles, texts, strict=True)))
        return self._merges[key]

    def _own_frame(self, ref: str) -> str:
        """The version of a text of the system's own: the folder's, else the one that came with the program."""
        if ref not in self._current:
            home = own_or_shipped(self._folder, f"messages/{ref}")
            shipped = next(edition for edition in read_editions(home.parents[1]) if edition.ref == ref)
            self._current[ref] = self._editions[shipped.version] = shipped
        return self._current[ref].version

    def full_text(
        self,
        ref: str,
        *,
        version: str,
        locale: str,
        values: Mapping[str, object],
        fallback: str = LAST_RESORT,
        other: tuple[str, str] | None = None,
        blocks: Sequence[Block] = (),
    ) -> Page:
        """The page behind a short SMS, without a name; `other` is (language, URL) of the page in another language."""
        text = (
            self._merged(blocks, locale, fallback)
            if blocks
            else self._text(ref, version, locale=locale, fallback=fallback)
        )
        known = clean_values({**values, "given_name": None}, text.language) | values_of(blocks, text.language)
        title = email.header(text.fill("title", known))
        frame = {"language": text.language, "subject": title, **_switch(other)}
        return Page(title, text.fill("page", {**known, **frame}), text.language, self._layout.page_style)

    def staff_alert(self, clinic: Clinic, escalation: Escalation) -> Rendered:
        """The mail that tells a clinic's staff of an escalation, in the clinic's language: ids and our words only."""
        language = clinic.languages[0]
        text = self._staff(language)
        known = clean_values(_staff_values(clinic, escalation), language)
        body = _squeezed(text.fill("plain", known))
        return Rendered(body, email.header(text.fill("subject", known)), "", language, MessageClass.REPLY, "UTF-8", 0)

    def staff_text(self, clinic: Clinic, escalation: Escalation) -> Rendered:
        """The text that tells one person on staff of an escalation: ids and our words only."""
        language = clinic.languages[0]
        body = self._staff(language).fill("sms", clean_values(_staff_values(clinic, escalation), language))
        return Rendered(body, "", "", language, MessageClass.REPLY, "", 0)

    def _staff(self, language: str) -> Compiled:
        file = f"staff-alert.{_spoken(language)}.j2"
        if (file, language) not in self._compiled:
            source = _source(
                file, lambda: Source(MessageClass.REPLY, parts=read_parts((self._mail / file).read_text("utf-8")))
            )
            made = Compiled(file, language, source, self._layout, self._sandbox, STAFF_PLACEHOLDERS)
            self._compiled[file, language] = made
        return self._compiled[file, language]

    def _on_disk(self, ref: str) -> Edition:
        if ref not in self._current:
            raise NotFound(f"there is no template {ref!r}", cure="look under templates/messages")
        return self._current[ref]

    def _text(self, ref: str, version: str, *, locale: str, fallback: str) -> Compiled:
        edition = self._editions.get(version)
        if edition is None or edition.ref != ref:
            raise TemplateFault(ref, f"version {version} is not known", cure="adopt it from the database first")
        language = choose_locale(edition.locales, locale, fallback)
        key = (version, language)
        if key not in self._compiled:
            file = f"{ref}/{language}.j2"
            source = _source(file, lambda: read_source(edition.files[f"{language}.j2"]))
            self._compiled[key] = Compiled(file, language, source, self._layout, self._sandbox, PLACEHOLDERS)
        return self._compiled[key]


def _sms(text: Compiled, values: Mapping[str, object]) -> Rendered:
    body = sms.normalise(text.fill("sms", values))
    size = sms.segments(body)
    return Rendered(body, "", "", text.language, text.source.message_class, size.encoding, size.segments)


def _email(text: Compiled, values: Mapping[str, object], *, subject: Mapping[str, object]) -> Rendered:
    message_class = text.source.message_class
    title = email.header(text.fill("subject", subject))
    frame = {**values, "language": text.language, "subject": title, "padding": _PADDING}
    frame["must_offer_stop"] = message_class not in _SOLICITED
    plain = _squeezed(text.fill("text", frame))
    return Rendered(plain, title, text.fill("html", frame), text.language, message_class, "UTF-8", 0)


def _staff_values(clinic: Clinic, escalation: Escalation) -> dict[str, object]:
    due = escalation.due_at
    return {
        "clinic_name": clinic.name,
        "escalation_id": escalation.id,
        "kind": escalation.kind.value,
        "subject_id": escalation.subject,
        "summary": escalation.summary,
        "number": str(number_of(escalation.id)),
        "opened_at": _staff_time(escalation.opened_at, clinic),
        "due_at": _staff_time(due, clinic) if due else None,
    }


def _staff_time(moment: datetime, clinic: Clinic) -> str:
    return f"{to_local(moment, clinic.time_zone):%Y-%m-%d %H:%M} {clinic.time_zone}"


def _source(file: str, read: Callable[[], Source]) -> Source:
    try:
        return read()
    except SourceFault as fault:
        raise TemplateFault(f"{file}:{fault.line}", f"{fault.rule}: {fault.text}", cure=fault.cure) from None
    except (OSError, UnicodeError) as fault:
        raise TemplateFault(file, f"cannot be read: {type(fault).__name__}") from None


def _spoken(locale: str) -> str:
    return base if (base := base_of(locale)) in sms.STOP_LINES else "en"


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def _switch(other: tuple[str, str] | None) -> dict[str, object]:
    if other is None:
        return {}
    names = {"en": "English", "fr": "Français"}
    return {"other_language": other[0], "other_url": other[1], "other_name": names.get(base_of(other[0]), other[0])}
