"""Preview a protocol: what a made-up patient would get and when, from the files alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from followup.content.clinics import load_clinics
from followup.content.protocols import Protocols, load_protocols
from followup.content.templates import Rendered, Templates
from followup.domain.booking import Treatment
from followup.domain.clinic import Clinic
from followup.domain.errors import BadOption, NotFound, TemplateFault
from followup.domain.facts import fold
from followup.domain.ids import TreatmentId
from followup.domain.message import Channel
from followup.domain.planning.forecast import Forecast, forecast
from followup.domain.protocol import CareProtocol
from followup.domain.window import find_zone, to_local
from followup.services.author.imagine import Sample, imagine, read_anchor
from followup.services.compose import about_treatment, values_for
from followup.services.links import LinkKind
from followup.settings import Settings

#: As long as a real token, so that segments are counted right.
_TOKEN = "s4mpleT0kenOfTheLength"


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the preview; `text` is the SMS, `problem` says why it cannot be written (staff would be told)."""

    row: Forecast
    local: datetime
    text: str
    segments: int
    encoding: str
    problem: str = ""

    @property
    def goes(self) -> bool:
        """True if the patient gets it."""
        return self.row.reason is None and not self.problem


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole year of a made-up patient."""

    sample: Sample
    lines: tuple[Line, ...]


def browse(config: Path) -> Protocols:
    """The protocols as they are on disk; raises ConfigFault."""
    return load_protocols(config / "protocols")


def preview(
    settings: Settings,
    key: str,
    *,
    anchor: str,
    clinic: str = "",
    locale: str = "",
    zone: str = "",
    session: int | None = None,
    of: int | None = None,
    events: Sequence[str] = (),
) -> Preview:
    """What the patient of a treatment at `anchor` gets; `events` such as `booking.made@+40d` happen on the way."""
    protocol = browse(settings.config).need(key)
    home = _clinic(settings.config, clinic)
    sample = Sample(
        protocol=protocol,
        clinic=home,
        anchor=read_anchor(anchor, home),
        language=_language(locale, protocol, home),
        zone=_zone(zone or home.time_zone),
        session=session,
        of=of,
    )
    told = imagine(sample, events)
    templates = Templates(settings.templates)
    treatments = {t.id: t for p in fold(told).people.values() for t in p.treatments}
    rows = forecast(told, protocol, home)
    lines = [
        _line(settings, sample, r, templates=templates, treatment=treatments.get(TreatmentId(r.source_id)))
        for r in rows
    ]
    return Preview(sample, tuple(lines))


def _clinic(config: Path, key: str) -> Clinic:
    clinics = load_clinics(config / "clinics")
    if key:
        return clinics.need(key)
    only = clinics.only()
    if only is None:
        raise BadOption("there are several clinics", cure=f"--clinic {'|'.join(c.id for c in clinics.all())}")
    return only


def _language(asked: str, protocol: CareProtocol, clinic: Clinic) -> str:
    """The language asked for, which the protocol or the clinic must speak, at least in another country's way."""
    spoken = sorted({*protocol.title, *clinic.languages})
    if asked and asked.partition("-")[0].casefold() not in {one.partition("-")[0].casefold() for one in spoken}:
        raise BadOption(f"there are no texts in {asked!r}", cure=f"--locale {'|'.join(spoken)}")
    return asked or clinic.languages[0]


def _zone(name: str) -> str:
    try:
        return find_zone(name).key
    except ValueError as error:
        raise BadOption(str(error)) from None


def _line(
    settings: Settings, sample: Sample, row: Forecast, *, templates: Templates, treatment: Treatment | None
) -> Line:
    local = to_local(row.planned.due_at, sample.zone)
    public = settings.public_url
    values = {
        **values_for(sample.clinic, None, links={LinkKind.MESSAGE: f"{public}/m/{_TOKEN}"}, public_url=public),
        **about_treatment(sample.clinic, treatment),
        "given_name": "Ana",
    }
    try:
        sms = _sms(templates, sample, row.planned.template_ref, values=values)
    except (TemplateFault, NotFound) as error:
        return Line(row, local, "", 0, "", problem=error.message)
    return Line(row, local, sms.text, sms.segments, sms.encoding)


def _sms(templates: Templates, sample: Sample, ref: str, *, values: Mapping[str, object]) -> Rendered:
    return templates.render(
        ref,
        version=templates.version(ref),
        locale=sample.language,
        channel=Channel.SMS,
        values=values,
        fallback=sample.clinic.languages[0],
    )
