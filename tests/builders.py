"""Values for tests: each builder gives a sound default, and a test names only what it is about."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup.domain.campaign import Campaign, CampaignState, parse
from followup.domain.clinic import Clinic
from followup.domain.event import ClinicEvent, EventType
from followup.domain.ids import CampaignId, ClinicId, EnrollmentId, MessageId, PatientId
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.domain.offset import Offset
from followup.domain.patient import ContactPoint, Patient
from followup.domain.protocol import Anchor, CareProtocol, Step
from tests.fakes import START, FakeClock, FakeIds, FakeProvider, InlineJobs, InlineNetwork

if TYPE_CHECKING:
    from followup.services.context import Context
    from followup.settings import Settings
    from followup.storage.database import Database

ROOT = Path(__file__).parent.parent
CLINIC = ClinicId("canstrive")
PATIENT = PatientId("P-17")
PHONE = "+14165550123"
EMAIL = "ana@example.com"
SECRET = "0123456789abcdef0123456789abcdef"
#: 15:30 in Toronto, an hour before the default clock stands.
PERFORMED = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)

_CLINIC = Clinic(
    id=CLINIC,
    name="Canstrive",
    legal_name="Canstrive Clinic Inc.",
    address="1 King Street West, Toronto, ON M5H 1A1",
    phone="+14165550100",
    web="https://clinic.example",
    email="care@clinic.example",
    time_zone="America/Toronto",
    province="ON",
    languages=("en-CA", "fr-CA"),
    alerts_to=("desk@clinic.example",),
)
_PATIENT = Patient(
    clinic_id=CLINIC,
    id=PATIENT,
    given_name="Ana",
    family_name="Silva",
    language="en-CA",
    time_zone="America/Toronto",
    contact_points=(
        ContactPoint(Channel.SMS, PHONE, valid=True, raw=PHONE),
        ContactPoint(Channel.EMAIL, EMAIL, valid=True, raw=EMAIL),
    ),
)
_MESSAGE = Message(
    id=MessageId("msg_1"),
    clinic_id=CLINIC,
    patient_id=PATIENT,
    enrollment_id=EnrollmentId("enr_1"),
    step_key="day-1",
    occurrence=1,
    message_class=MessageClass.CARE,
    channels=(Channel.SMS, Channel.EMAIL),
    template_ref="skinpen-microneedling/day-1",
    template_version="0123456789abcdef",
    state=MessageState.SCHEDULED,
    due_at=START,
    planned_for=START,
    expires_at=START + timedelta(days=2),
)


def make_clinic(**changes: Any) -> Clinic:
    """A clinic in Toronto that writes English and French."""
    return replace(_CLINIC, **changes)


def make_patient(**changes: Any) -> Patient:
    """Ana Silva of Toronto, with a phone and a mailbox."""
    return replace(_PATIENT, **changes)


def make_step(key: str = "day-1", **changes: Any) -> Step:
    """A care step one day after the treatment, by SMS, else e-mail."""
    given: dict[str, Any] = {
        "anchor": Anchor.TREATMENT,
        "offset": Offset(days=1),
        "message_class": MessageClass.CARE,
        "channels": (Channel.SMS, Channel.EMAIL),
        "template": f"skinpen-microneedling/{key}",
        **changes,
    }
    return Step(key=key, **given)


def make_protocol(*steps: Step, **changes: Any) -> CareProtocol:
    """A protocol for SkinPen with these steps, or with one a day later."""
    given: dict[str, Any] = {
        "key": "skinpen-microneedling",
        "version": "fedcba9876543210",
        "title": {"en": "Microneedling", "fr": "Microperforation"},
        "treatment_codes": ("skinpen-microneedling",),
        **changes,
    }
    return CareProtocol(steps=steps or (make_step(),), **given)


def make_message(**changes: Any) -> Message:
    """A scheduled care message to Ana that is due when the default clock starts."""
    return replace(_MESSAGE, **changes)


def make_definition(**changes: Any) -> dict[str, Any]:
    """A campaign to everybody as it is stored: the mapping that `domain.campaign.parse` reads."""
    return {
        "name": "Spring hours",
        "class": "care",
        "channels": ["sms", "email"],
        "variants": [{"key": "", "template": "skinpen-microneedling/day-1", "share": 1}],
        "audience": {"everybody": True},
        "language": "patient",
        "pace": {"per_minute": 30, "per_day": None, "open_inbox": None},
        "hold_out": 0,
        "starts_at": None,
        "valid_for": "P3D",
        "outcome_within": "P14D",
        **changes,
    }


def make_campaign(**changes: Any) -> tuple[Campaign, dict[str, Any]]:
    """A draft by Mia, and its definition as it is stored."""
    written = make_definition(**changes.pop("definition", {}))
    definition = parse(written)
    given: dict[str, Any] = {
        "id": CampaignId("cmp_1"),
        "clinic_id": CLINIC,
        "state": CampaignState.DRAFT,
        "content_digest": "0" * 64,
        "author": "Mia",
        "created_at": START,
        "edited_at": START,
        "pace": definition.pace,
        **changes,
    }
    return Campaign(definition=definition, **given), written


def make_treatment_data(**treatment: Any) -> dict[str, Any]:
    """The `data` of a treatment.completed; keyword arguments change its `treatment`."""
    return {
        "clinic": CLINIC,
        "patient": {
            "id": PATIENT,
            "given_name": "Ana",
            "family_name": "Silva",
            "language": "en-CA",
            "time_zone": "America/Toronto",
            "contact_points": [{"channel": "sms", "value": PHONE}, {"channel": "email", "value": EMAIL}],
        },
        "treatment": {
            "id": "T-1001",
            "code": "skinpen-microneedling",
            "performed_at": PERFORMED.isoformat(),
            "practitioner": "RN Okafor",
            **treatment,
        },
    }


def make_event(type_: EventType = EventType.TREATMENT_COMPLETED, **changes: Any) -> ClinicEvent:
    """A stored event; its keys are read from `data` unless they are given."""
    data: Mapping[str, Any] = changes.pop("data", None) or make_treatment_data()
    keys = {f"{name}_key": data[name]["id"] if name in data else None for name in ("patient", "treatment", "booking")}
    given: dict[str, Any] = {
        "row_id": "evt_1",
        "clinic_id": CLINIC,
        "source": "/clinics/canstrive/pms",
        "id": "E-1",
        "time": PERFORMED,
        "backfill": False,
        "received_at": START,
        **keys,
        **changes,
    }
    return ClinicEvent(type=type_, data=data, **given)


def make_body(type_: EventType = EventType.TREATMENT_COMPLETED, **changes: Any) -> dict[str, Any]:
    """A CloudEvent as a clinic's system posts it."""
    return {
        "specversion": "1.0",
        "type": type_.value,
        "source": "/clinics/canstrive/pms",
        "id": "T-1001",
        "time": PERFORMED.isoformat(),
        "datacontenttype": "application/json",
        "data": make_treatment_data(),
        **changes,
    }


def make_settings(**environ: str) -> "Settings":
    """Settings of a small trial installation; keyword arguments are further variables of the environment."""
    from followup.settings import load_settings

    base = {
        "FOLLOWUP_CONFIG": str(ROOT / "config"),
        "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
        "FOLLOWUP_PUBLIC_URL": "https://followup.example",
        "FOLLOWUP_SECRET_KEY": SECRET,
        "FOLLOWUP_API_KEY": "key-for-tests",
        "FOLLOWUP_TRIAL_ALLOW": "*",
        "EMAIL_FROM": "care@clinic.example",
        "TWILIO_FROM": "+14165550100",
    }
    return load_settings({**base, **environ})


def make_ctx(database: "Database", **overrides: Any) -> "Context":
    """A Context of fakes on a real database, with `make_clinic()` and the protocols and templates that are shipped.

    `environ` holds further settings, `clinics` values of Clinic; every other keyword replaces a field of the Context.
    """
    from followup.content.clinics import Clinics
    from followup.content.protocols import load_protocols
    from followup.content.templates import Templates
    from followup.services.context import Context
    from followup.services.links import Signer

    settings = make_settings(**overrides.pop("environ", {}))
    parts: dict[str, Any] = {
        "settings": settings,
        "db": database,
        "clock": FakeClock(),
        "ops": FakeClock(),
        "ids": FakeIds(),
        "rng": random.Random(7),
        "providers": {Channel.SMS: FakeProvider(sender="+14165550100"), Channel.EMAIL: FakeProvider(Channel.EMAIL)},
        "jobs": InlineJobs(),
        "network": InlineNetwork(),
        "signer": Signer(SECRET),
        **overrides,
    }
    clinics = parts.pop("clinics", None)
    parts["clinics"] = clinics if isinstance(clinics, Clinics) else Clinics(clinics or (make_clinic(),))
    parts.setdefault("protocols", _once(load_protocols, settings.config / "protocols"))
    parts.setdefault("templates", _once(Templates, settings.templates))
    return Context(**parts)


@cache
def _once(load: Callable[[Path], Any], folder: Path) -> Any:
    return load(folder)
