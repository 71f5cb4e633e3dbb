"""Proofread a text before a patient gets it: both channels, every language, its size and where its links lead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from followup.content.clinics import load_clinics
from followup.content.samples import COSTLY_NAME, LONG_NAME, SAMPLE
from followup.content.templates import Rendered, Templates
from followup.domain.channels import sms
from followup.domain.channels.sms import Segments
from followup.domain.clinic import Clinic
from followup.domain.errors import BadOption, NotFound, TemplateFault
from followup.domain.ids import PatientId
from followup.domain.message import Channel
from followup.services.compose import about_treatment, values_for
from followup.services.context import Context
from followup.services.links import LinkKind
from followup.settings import Settings
from followup.storage import patients, treatments

#: As long as a real token, so that segments are counted right.
_TOKEN = "s4mpleT0kenOfTheLength"
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s\"'<>)]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One language of one channel; `problem` says why it cannot be written."""

    locale: str
    channel: Channel
    rendered: Rendered | None
    size: Segments | None = None  # SMS only
    worst: Segments | None = None  # SMS with the longest or costliest name
    links: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """All sheets of one template in its current version."""

    ref: str
    version: str
    sheets: tuple[Sheet, ...]


def proofread(settings: Settings, ref: str, *, clinic: str = "", locale: str = "") -> Proof:
    """The text with made-up values, from the files alone; raises NotFound for an unknown text or language."""
    home = _clinic(settings, clinic)
    return _proof(Templates(settings.templates), ref, home, locale=locale, values=_sample(settings, home))


def proofread_for(ctx: Context, clinic: Clinic, ref: str, *, patient: str, locale: str = "") -> Proof:
    """The text as this patient would get it after the newest treatment, in their language or in `locale`."""
    patient_id = PatientId(patient)
    with ctx.db.reading() as conn:
        person = patients.get(conn, clinic.id, patient_id)
        known = treatments.of(conn, clinic.id, [patient_id])[patient_id]
    if person is None:
        raise NotFound(f"no patient {patient!r} in clinic {clinic.id}", cure="the clinic's own patient id is meant")
    newest = next((t for t in reversed(known) if not t.voided), None)
    own = {"given_name": person.given_name, **about_treatment(clinic, newest)}
    own.setdefault("practitioner", None)
    return _proof(ctx.templates, ref, clinic, locale=locale, values={**_ours(ctx.settings, clinic), **own})


def measure(text: str) -> Segments:
    """The size of a text as it would travel, look-alikes made plain."""
    return sms.segments(sms.normalise(text))


def _clinic(settings: Settings, key: str) -> Clinic:
    clinics = load_clinics(settings.config / "clinics")
    chosen = clinics.need(key) if key else clinics.only()
    if chosen is None:
        raise BadOption("there are several clinics", cure=f"--clinic {'|'.join(c.id for c in clinics.all())}")
    return chosen


def _ours(settings: Settings, clinic: Clinic) -> dict[str, object]:
    public = settings.public_url
    return values_for(clinic, None, links={kind: f"{public}/{kind}/{_TOKEN}" for kind in LinkKind}, public_url=public)


def _sample(settings: Settings, clinic: Clinic) -> dict[str, object]:
    return {**SAMPLE, **_ours(settings, clinic)}


def _proof(templates: Templates, ref: str, clinic: Clinic, *, locale: str, values: Mapping[str, object]) -> Proof:
    locales = templates.locales(ref)
    if locale and locale not in locales:
        raise NotFound(f"{ref} has no {locale}", cure=f"it has {', '.join(locales)}")
    chosen = (locale,) if locale else locales
    sheets = [
        _sheet(templates, ref, one, channel=channel, values=values)
        for one in chosen
        for channel in _channels(templates, ref, one)
    ]
    return Proof(ref, templates.version(ref), tuple(sheets))


def _channels(templates: Templates, ref: str, locale: str) -> tuple[Channel, ...]:
    """Answers to a text go by text alone."""
    try:
        message_class = templates.message_class(ref, version=templates.version(ref), locale=locale)
    except TemplateFault:
        return tuple(Channel)
    return (Channel.SMS,) if message_class in sms.RULES.exempt else tuple(Channel)


def _sheet(templates: Templates, ref: str, locale: str, *, channel: Channel, values: Mapping[str, object]) -> Sheet:
    try:
        rendered = _rendered(templates, ref, locale, channel=channel, values=values)
    except TemplateFault as fault:
        return Sheet(locale, channel, None, problem=fault.message)
    links = tuple(dict.fromkeys(map(unescape, _ADDRESS.findall(rendered.html or rendered.text))))
    if channel is Channel.EMAIL:
        return Sheet(locale, channel, rendered, links=links)
    worst = [
        sms.segments(_rendered(templates, ref, locale, channel=channel, values={**values, "given_name": name}).text)
        for name in (LONG_NAME, COSTLY_NAME)
    ]
    return Sheet(locale, channel, rendered, sms.segments(rendered.text), max(worst, key=lambda s: s.segments), links)


def _rendered(
    templates: Templates, ref: str, locale: str, *, channel: Channel, values: Mapping[str, object]
) -> Rendered:
    return templates.render(
        ref, version=templates.version(ref), locale=locale, channel=channel, values=values, fallback=locale
    )
