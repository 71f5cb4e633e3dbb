"""Patient and ContactPoint: the person and how to reach them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberType

from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel


class PatientStatus(StrEnum):
    """Whether a patient may be contacted at all."""

    ACTIVE = "active"
    DECEASED = "deceased"
    ARCHIVED = "archived"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A number or mailbox. `value` is E.164 or a normalised address when `valid`, else the raw input."""

    channel: Channel
    value: str
    valid: bool
    raw: str = ""
    problem: str = ""  # why it is not valid, without the value


@dataclass(frozen=True, slots=True)
class Patient:
    """A person of one clinic; `id` is the clinic's own."""

    clinic_id: ClinicId
    id: PatientId
    given_name: str
    family_name: str
    language: str  # BCP 47, "en-CA"; empty when the clinic did not say
    time_zone: str  # empty when the clinic did not say
    contact_points: tuple[ContactPoint, ...] = ()
    status: PatientStatus = PatientStatus.ACTIVE
    merged_into: PatientId | None = None
    paused: str | None = None  # why staff paused this patient
    paused_until: datetime | None = None  # the patient asked for a pause, which ends then
    tags: tuple[str, ...] = ()  # words of the clinic's system, sorted, for choosing an audience


_UNFIT = {
    PhoneNumberType.FIXED_LINE: "is a landline",
    PhoneNumberType.TOLL_FREE: "is a toll-free number",
    PhoneNumberType.PREMIUM_RATE: "is a premium-rate number",
    PhoneNumberType.SHARED_COST: "is a shared-cost number",
    PhoneNumberType.PAGER: "is a pager",
    PhoneNumberType.UAN: "is a company-wide number",
    PhoneNumberType.VOICEMAIL: "is a mailbox number",
}


def read_contact_point(channel: Channel, raw: str, *, region: str = "CA") -> ContactPoint:
    """Normalise what the clinic typed; where nothing can be sent to it, `valid` is false and `problem` says why."""
    value, problem = _phone(raw, region) if channel is Channel.SMS else _mailbox(raw)
    return ContactPoint(channel, raw if problem else value, valid=not problem, raw=raw, problem=problem)


def read_address(channel: Channel, raw: str, *, region: str = "CA") -> str:
    """The normal form of any well-formed address, also of a number that takes no texts; empty for anything else."""
    return (_phone(raw, region) if channel is Channel.SMS else _mailbox(raw))[0]


@lru_cache(maxsize=4096)
def _phone(raw: str, region: str) -> tuple[str, str]:
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException:
        return "", "is no phone number"
    if number.extension:
        return "", "has an extension"
    if not phonenumbers.is_valid_number(number):
        return "", "is no valid phone number"
    unfit = _UNFIT.get(phonenumbers.number_type(number), "")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), unfit


@lru_cache(maxsize=4096)
def _mailbox(raw: str) -> tuple[str, str]:
    try:
        # The domains kept for tests (RFC 2606) may stand: a trial clinic uses them.
        return validate_email(raw.strip(), check_deliverability=False, test_environment=True).normalized, ""
    except EmailNotValidError:
        return "", "is no e-mail address"
