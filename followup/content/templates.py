"""Templates: the texts under `templates/messages`, compiled once a version and filled in safely."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from followup.content.compiled import Compiled
from followup.content.editions import LAST_RESORT, Edition, base_of, choose_locale, read_editions
from followup.content.front_matter import Source, SourceFault, read_parts, read_source
from followup.content.layout import Layout
from followup.content.sandbox import Sandbox
from followup.content.values import PLACEHOLDERS, clean_values
from followup.domain.channels import email, sms
from followup.domain.clinic import Clinic
from followup.domain.errors import ConfigFault, Fault, NotFound, TemplateFault
from followup.domain.escalation import Escalation
from followup.domain.message import Channel, MessageClass
from followup.domain.window import to_local

T = TypeVar("T")
#: What a text for staff may name: ids and words of ours, never a patient's.
STAFF_PLACEHOLDERS = frozenset({"clinic_name", "escalation_id", "kind", "subject_id", "summary", "opened_at", "due_at"})
_SOLICITED = frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY})
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
    """All texts of a `templates` folder, read once; older versions are adopted from the database."""

    def __init__(self, folder: Path) -> None:
        home = folder / "messages"
        if not home.is_dir():
            raise ConfigFault((Fault(str(home), "there is no such folder", "templates"),))
        self._mail = folder / "mail"
        self._layout, self._sandbox = Layout(folder), Sandbox()
        self._current = {edition.ref: edition for edition in read_editions(home)}
        self._editions = {edition.version: edition for edition in self._current.values()}
        self._compiled: dict[tuple[str, str], Compiled] = {}

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

    def render(
        self, ref: str, *, version: str, locale: str, channel: Channel, values: Mapping[str, object], fallback: str
    ) -> Rendered:
        """Fill in one channel's text in the patient's language (else its base, the fallback, en-CA).

        A `date` among the values is written in that language, and `stop_line` comes from there too. Blank and missing
        values are the same: a template that shows one raises TemplateFault.
        """
        text = self._text(ref, version, locale=locale, fallback=fallback)
        known = {**clean_values(values, text.language), "stop_line": sms.STOP_LINES[_spoken(text.language)]}
        match channel:
            case Channel.SMS:
                return _sms(text, known)
            case Channel.EMAIL:
                return _email(text, known)

    def full_text(
        self,
        ref: str,
        *,
        version: str,
        locale: str,
        values: Mapping[str, object],
        fallback: str = LAST_RESORT,
        other: tuple[str, str] | None = None,
    ) -> Page:
        """The page behind a short SMS, without a name; `other` is (language, URL) of the page in another language."""
        text = self._text(ref, version, locale=locale, fallback=fallback)
        known = clean_values({**values, "given_name": None}, text.language)
        title = email.header(text.fill("title", known))
        frame = {"language": text.language, "subject": title, **_switch(other)}
        return Page(title, text.fill("page", {**known, **frame}), text.language, self._layout.page_style)

    def staff_alert(self, clinic: Clinic, escalation: Escalation) -> Rendered:
        """The mail that tells a clinic's staff of an escalation, in the clinic's language: ids and our words only."""
        language = clinic.languages[0]
        file = f"staff-alert.{_spoken(language)}.j2"
        source = _source(
            file, lambda: Source(MessageClass.REPLY, parts=read_parts((self._mail / file).read_text("utf-8")))
        )
        text = Compiled(file, language, source, self._layout, self._sandbox, STAFF_PLACEHOLDERS)
        known = clean_values(_staff_values(clinic, escalation), language)
        body = _squeezed(text.fill("plain", known))
        return Rendered(body, email.header(text.fill("subject", known)), "", language, MessageClass.REPLY, "UTF-8", 0)

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


def _email(text: Compiled, values: Mapping[str, object]) -> Rendered:
    message_class = text.source.message_class
    subject = email.header(text.fill("subject", values))
    frame = {**values, "language": text.language, "subject": subject, "padding": _PADDING}
    frame["must_offer_stop"] = message_class not in _SOLICITED
    plain = _squeezed(text.fill("text", frame))
    return Rendered(plain, subject, text.fill("html", frame), text.language, message_class, "UTF-8", 0)


def _staff_values(clinic: Clinic, escalation: Escalation) -> dict[str, object]:
    due = escalation.due_at
    return {
        "clinic_name": clinic.name,
        "escalation_id": escalation.id,
        "kind": escalation.kind.value,
        "subject_id": escalation.subject,
        "summary": escalation.summary,
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
