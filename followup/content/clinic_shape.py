"""The shape of a file under `config/clinics/`; editors get its JSON Schema."""

from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from followup.content.documents import did_you_mean
from followup.content.hours.shape import HoursShape
from followup.content.hours.us import UsPreset
from followup.content.money.prices import Amount
from followup.content.shape import Language, OffsetText, Shape, Text, matching, wrong
from followup.domain.clinic import DetailLevel, PrivacyRegime
from followup.domain.consent import SuppressionReason
from followup.domain.holidays import PROVINCES
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.window import find_zone


def _zone(text: str) -> str:
    try:
        return find_zone(text).key
    except ValueError:
        raise wrong(
            "unknown-zone",
            f"unknown time zone {text!r}",
            cure="an IANA name such as America/Toronto or America/Vancouver",
        ) from None


def _province(text: str) -> str:
    if text in PROVINCES:
        return text
    by_name = {name.lower(): code for code, name in PROVINCES.items()}
    code = by_name.get(text.strip().lower(), text.strip().upper())
    cure = f"write {code}" if code in PROVINCES else did_you_mean(code, tuple(PROVINCES))
    raise wrong("unknown-province", f"unknown province {text!r}", cure=cure)


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "CA")
        valid = phonenumbers.is_valid_number(number) and not number.extension
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        raise wrong("bad-phone", f"{text!r} is no phone number", cure="ten digits, such as 905-555-0123")
    return text.strip()


def _mobile(text: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(_phone(text), "CA"), phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise wrong("bad-email", f"{text!r} is no e-mail address", cure=str(error).rstrip(".").lower()) from None


Phone = Annotated[str, AfterValidator(_phone)]
Mobile = Annotated[str, AfterValidator(_mobile)]
Email = Annotated[str, AfterValidator(_email), Field(json_schema_extra={"format": "email"})]
Zone = Annotated[str, AfterValidator(_zone), Field(examples=["America/Toronto"])]
Province = Annotated[str, AfterValidator(_province), Field(json_schema_extra={"enum": sorted(PROVINCES)})]
Sender = Annotated[
    str,
    *matching(
        r"\+[1-9]\d{6,14}|\d{5,6}|MG[0-9a-f]{32}", cure="+19055550100, a short code or a messaging service (MG…)"
    ),
]
ProviderName = Annotated[str, *matching(r"twilio2?|vonage", cure="write twilio, twilio2 or vonage")]
StepPath = Annotated[str, *matching(r"[a-z0-9-]+/[a-z0-9-]+", cure="write <protocol>/<step>")]
Variable = Annotated[str, *matching(r"[A-Z][A-Z0-9_]*", cure="name an environment variable, such as HOOK_SECRET")]


def _web(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or "." not in parts.hostname or " " in text:
        raise wrong("bad-web", f"{text!r} is no web address", cure="write https://…")
    return text


def _hook(text: str) -> str:
    if text.startswith(("http://127.0.0.1", "http://localhost")):
        return text
    return _web(text)


Web = Annotated[str, AfterValidator(_web), Field(json_schema_extra={"format": "uri"})]
Hook = Annotated[str, AfterValidator(_hook), Field(json_schema_extra={"format": "uri"})]


def _cap(text: str | int) -> int | None:
    if str(text).strip().isdigit():
        return int(text)
    if text == "none":
        return None
    raise wrong("bad-cap", f"{text!r} is no cap", cure="a whole number, or none for no limit")


Cap = Annotated[
    int | None,
    BeforeValidator(_cap),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "none"}]}),
]


def _life(text: str) -> Offset | None:
    if text == "none":
        return None
    try:
        life = Offset.parse(text)
    except ValueError as error:
        raise wrong("bad-offset", str(error), cure="P12M for instance, or none for good") from None
    if life.approximate_days() <= 0:
        raise wrong("bad-offset", f"{text!r} is no time to come", cure="P12M for instance, or none for good")
    return life


Life = Annotated[
    Offset | None,
    BeforeValidator(_life),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^P", "examples": ["P12M"]}, {"const": "none"}]}),
]


_LIVES: dict[SuppressionReason, Offset | None] = {SuppressionReason.HARD_BOUNCE: Offset(months=12)}


class CapsShape(Shape):
    """Most messages per patient; `none` means no limit."""

    care_per_day: Cap = 2
    care_per_week: Cap = 5
    promo_per_day: Cap = 1
    promo_per_month: Cap = 2
    all_per_day: Annotated[Cap, Field(description="A promo waits on a day with this many contacts.")] = None


class StaffShape(Shape):
    """A person who can be told."""

    name: Text
    role: Text
    sms: Mobile | None = None
    email: Email | None = None


class LadderShape(Shape):
    """How long a rung has, by severity: minutes, for instance PT10M."""

    emergency: OffsetText = "PT10M"
    urgent: OffsetText = "PT1H"


class WebhookShape(Shape):
    """Where our events go; the secret stays in the environment."""

    url: Hook
    secret_env: Annotated[
        str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", description="Variable that holds the whsec_ secret.")
    ]


class BudgetShape(Shape):
    """Limits of a month in the currency of config/prices.yaml: promotion stops at them, care goes on."""

    month: Annotated[Amount | None, Field(description="Everything together.")] = None
    classes: dict[MessageClass, Amount] = Field({}, description="<class>: its own limit.")
    warn_at: Annotated[int, Field(ge=1, le=100, description="Percent at which staff are warned.")] = 80


class ClinicShape(Shape):
    """Who sends, when it may send and whom it tells."""

    name: Text
    legal_name: Text
    address: Text
    phone: Phone
    web: Web
    email: Email
    time_zone: Zone
    province: Province
    languages: Annotated[list[Language], Field(min_length=1, description="The first is the default.")]
    sender: Annotated[Sender | None, Field(description="Its number at the first provider of texts.")] = None
    senders: dict[ProviderName, Sender] = Field({}, description="<provider>: the clinic's number there.")
    send_windows: dict[MessageClass, Annotated[list[HoursShape], Field(min_length=1)]] = Field({})
    opening_hours: tuple[HoursShape, ...] = ()
    closures: tuple[date, ...] = ()
    caps: CapsShape = CapsShape()
    suppression_expiry: Annotated[
        dict[SuppressionReason, Life], Field(description="How long an address stays unused for a soft reason.")
    ] = Field(default_factory=lambda: dict(_LIVES))
    sms_detail_level: DetailLevel = DetailLevel.GENERIC
    privacy_regime: PrivacyRegime = PrivacyRegime.PHIPA
    casl_implied_promo: bool = False
    us_enabled: bool = False
    us_promo_written: Annotated[bool, Field(description="Promotion to US numbers needs a written consent.")] = True
    us_preset: Annotated[UsPreset | None, Field(description="Hours of US numbers, see config/hours/us.yaml.")] = None
    alerts_to: Annotated[list[Email], Field(min_length=1, description="Who gets the e-mail when staff must look.")]
    staff: tuple[StaffShape, ...] = ()
    ladder: Annotated[tuple[Text, ...], Field(description="Roles or names of staff, told one after the other.")] = ()
    ladder_after: Annotated[
        LadderShape, Field(description="How long a rung has to accept before the next is told.")
    ] = Field(default_factory=lambda: LadderShape())
    webhooks: tuple[WebhookShape, ...] = ()
    visit_reminder: Annotated[Life, Field(description="How long before a visit the patient is reminded.")] = Field(
        default_factory=lambda: Offset(days=1)
    )
    merge_within: Annotated[
        OffsetText, Field(description="Care of one day that lies no further apart goes as one message.")
    ] = "P1D"
    budget: Annotated[BudgetShape, Field(description="What may be spent in a month.")] = BudgetShape()
    campaign_approval_above: Annotated[
        int, Field(ge=0, description="A campaign to more people needs a second person's yes; promo always does.")
    ] = 100
    offsets: dict[StepPath, OffsetText] = Field({}, description="<protocol>/<step>: the clinic's own offset.")
