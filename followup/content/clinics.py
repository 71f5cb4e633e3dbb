"""Clinics from disk: one file each, named after the clinic's key."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

from followup.content.clinic_shape import ClinicShape
from followup.content.documents import Document, Unreadable, did_you_mean, read_document, yaml_files
from followup.content.hours.shape import windows_of
from followup.content.hours.us import load_us_hours
from followup.content.shape import read_shape
from followup.domain.clinic import Caps, Clinic, SendWindow, StaffMember
from followup.domain.consent import MAY_EXPIRE
from followup.domain.consent.law import IMPLIED_WILL_DO
from followup.domain.errors import NotFound
from followup.domain.finding import Finding, refuse_errors
from followup.domain.ids import ClinicId
from followup.domain.lint import same_day, within
from followup.domain.message import MessageClass
from followup.domain.money import Budget
from followup.domain.offset import Offset
from followup.domain.protocol import CareProtocol, Step

_NO_HOURS = (MessageClass.COMPLIANCE, MessageClass.REPLY)
_PROMO_LIMITS = ((time(9), time(21, 30)), (time(10), time(18)))  # weekdays, weekends (facts 1.10)


@dataclass(frozen=True, slots=True)
class WrittenClinic:
    """A clinic with the file it is written in."""

    clinic: Clinic
    document: Document


class Clinics:
    """All clinics of this installation."""

    def __init__(self, clinics: Iterable[Clinic] = ()) -> None:
        self._clinics = {c.id: c for c in clinics}

    def get(self, clinic_id: str) -> Clinic | None:
        """The clinic, or None."""
        return self._clinics.get(ClinicId(clinic_id))

    def need(self, clinic_id: str) -> Clinic:
        """The clinic; raises `NotFound`."""
        clinic = self.get(clinic_id)
        if clinic is None:
            raise NotFound(f"no clinic {clinic_id!r}", cure=f"known: {', '.join(self._clinics) or 'none'}")
        return clinic

    def all(self) -> tuple[Clinic, ...]:
        """Every clinic in order of key."""
        return tuple(self._clinics.values())

    def only(self) -> Clinic | None:
        """The clinic where there is just one."""
        return next(iter(self._clinics.values())) if len(self._clinics) == 1 else None


def load_clinics(folder: Path, protocols: Sequence[CareProtocol] = ()) -> Clinics:
    """Read `folder` (or its sub-folder `clinics`); raises `ConfigFault` naming file and line of every error.

    With `protocols` the clinics' own offsets are checked against the bounds that the steps allow.
    """
    written, findings = read_clinics(folder)
    findings += [f for w in written for f in check_offsets(w, protocols)] if protocols else []
    refuse_errors(findings)
    return Clinics(w.clinic for w in written)


def read_clinics(folder: Path) -> tuple[list[WrittenClinic], list[Finding]]:
    """Every clinic that can be read, and what is wrong with the files."""
    place = folder / "clinics" if (folder / "clinics").is_dir() else folder
    paths = yaml_files(place) if place.is_dir() else []
    if not paths:
        return [], [Finding(str(place), 1, "no-clinic", "holds no clinic", "add <key>.yaml, see config/clinics")]
    written: list[WrittenClinic] = []
    findings: list[Finding] = []
    for path in paths:
        found, faults = read_clinic(path)
        written += [found] if found else []
        findings += faults
    return written, findings


def read_clinic(path: Path) -> tuple[WrittenClinic | None, list[Finding]]:
    """One file as far as it can be read."""
    try:
        document = read_document(path)
    except Unreadable as error:
        return None, list(error.findings)
    if path.suffix != ".yaml" or not re.fullmatch(r"[a-z0-9-]+", path.stem):
        cure = "small letters, digits and dashes, then .yaml"
        return None, [Finding(str(path), 1, "file-name", f"{path.name!r} names no clinic", cure)]
    shape, findings = read_shape(ClinicShape, document)
    if shape is None:
        return None, findings
    us_hours = load_us_hours(path.parent.parent, shape.us_preset) if shape.us_preset else None
    written = WrittenClinic(replace(_clinic(path.stem, shape), us_hours=us_hours), document)
    return written, [*findings, *_lint(written)]


def check_offsets(written: WrittenClinic, protocols: Sequence[CareProtocol]) -> Iterator[Finding]:
    """Whether the clinic's own offsets name adjustable steps and stay within their bounds."""
    steps = {f"{p.key}/{s.key}": (p, s) for p in protocols for s in p.steps}
    for path in written.clinic.offsets:
        place = ("offsets", path)
        if path not in steps:
            cure = did_you_mean(path, [k for k, (_, s) in steps.items() if s.adjustable])
            yield written.document.finding(place, "unknown-step", f"no step {path!r}", cure=cure)
            continue
        yield from _check_offset(written, path, owner=steps[path])


def _check_offset(written: WrittenClinic, path: str, *, owner: tuple[CareProtocol, Step]) -> Iterator[Finding]:
    protocol, step = owner
    document, offset, place = written.document, written.clinic.offsets[path], ("offsets", path)
    if step.adjustable is None:
        cure = "take it away, or write `adjustable` in the protocol"
        yield document.finding(place, "not-adjustable", f"{path} has no `adjustable` bounds", cure=cure)
    elif not within(offset, step.adjustable):
        yield document.finding(
            place, "out-of-bounds", f"{path} does not allow this", cure="see the step's `adjustable`"
        )
    for other in protocol.steps:
        if other.key != step.key and other.anchor is step.anchor and same_day(offset, other.offset):
            text, cure = f"{path} falls on the day of {other.key}", "choose another distance, P7M for instance"
            yield document.warning(place, "same-day", text, cure=cure)


def _clinic(key: str, shape: ClinicShape) -> Clinic:
    return Clinic(
        id=ClinicId(key),
        name=shape.name,
        legal_name=shape.legal_name,
        address=shape.address,
        phone=shape.phone,
        web=shape.web,
        email=shape.email,
        time_zone=shape.time_zone,
        province=shape.province,
        languages=tuple(shape.languages),
        sender=shape.sender or "",
        senders=dict(shape.senders),
        windows={kind: windows_of(hours) for kind, hours in shape.send_windows.items()},
        opening_hours=windows_of(shape.opening_hours),
        closures=tuple(sorted(set(shape.closures))),
        caps=Caps(**shape.caps.model_dump()),
        sms_detail_level=shape.sms_detail_level,
        privacy_regime=shape.privacy_regime,
        casl_implied_promo=shape.casl_implied_promo,
        us_enabled=shape.us_enabled,
        us_promo_written=shape.us_promo_written,
        suppression_expiry={reason.value: life for reason, life in shape.suppression_expiry.items()},
        alerts_to=tuple(shape.alerts_to),
        staff=tuple(StaffMember(s.name, s.role, s.sms or "", s.email or "") for s in shape.staff),
        ladder=tuple(shape.ladder),
        ladder_after={name: Offset.parse(text) for name, text in shape.ladder_after.model_dump().items()},
        webhooks=tuple(w.model_dump() for w in shape.webhooks),
        offsets={path: Offset.parse(text) for path, text in shape.offsets.items()},
        visit_reminder=shape.visit_reminder,
        budget=Budget(shape.budget.month, dict(shape.budget.classes), shape.budget.warn_at),
        campaign_approval_above=shape.campaign_approval_above,
        merge_within=Offset.parse(shape.merge_within),
    )


def _lint(written: WrittenClinic) -> Iterator[Finding]:
    clinic, document = written.clinic, written.document
    for kind in _NO_HOURS:
        if kind in clinic.windows:
            text = f"{kind} answers go at any time"
            yield document.finding(("send_windows", kind.value), "class-has-no-hours", text, cure="take the hours away")
    for n, window in enumerate(clinic.windows.get(MessageClass.PROMO, ())):
        if not _within_limits(window):
            place, cure = ("send_windows", "promo", n), "09:00-21:30 on weekdays, 10:00-18:00 at weekends"
            yield document.warning(place, "promo-hours", "wider than a caller's hours", cure=cure)
    people = [name for member in clinic.staff for name in (member.role, member.name)]
    for n, rung in enumerate(clinic.ladder):
        if rung not in people:
            yield document.finding(
                ("ladder", n), "unknown-rung", f"nobody is {rung!r}", cure=did_you_mean(rung, people)
            )
    for n, member in enumerate(clinic.staff):
        if not member.sms and not member.email:
            cure = "add `sms` or `email`"
            yield document.finding(("staff", n), "unreachable-staff", f"{member.role} cannot be told", cure=cure)
    yield from _lint_consent(written)
    if clinic.us_enabled and clinic.us_hours is None:
        cure = "us_preset: US_STRICT, US_COMMON or US_BY_STATE, see config/hours/us.yaml"
        yield document.finding(("us_enabled",), "no-us-preset", "no hours are chosen for US numbers", cure=cure)
    if clinic.province == "QC" and not any(language.startswith("fr") for language in clinic.languages):
        yield document.warning(("languages",), "no-french", "a clinic in Quebec must write in French", cure="add fr-CA")


def _lint_consent(written: WrittenClinic) -> Iterator[Finding]:
    clinic, document = written.clinic, written.document
    for reason, life in clinic.suppression_expiry.items():
        if life is not None and reason not in MAY_EXPIRE:
            text, cure = f"{reason} never ends by itself", f"only {', '.join(sorted(MAY_EXPIRE))} may"
            yield document.finding(("suppression_expiry", reason), "never-ends", text, cure=cure)
    if clinic.casl_implied_promo and clinic.privacy_regime not in IMPLIED_WILL_DO:
        text = f"{clinic.privacy_regime} asks for express consent to promotion: this has no effect"
        yield document.warning(("casl_implied_promo",), "implied-without-effect", text, cure="write false")


def _within_limits(window: SendWindow) -> bool:
    limits = [_PROMO_LIMITS[day >= 5] for day in window.days]
    return window.opens < window.closes and all(low <= window.opens and window.closes <= high for low, high in limits)
