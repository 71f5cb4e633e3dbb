"""A synthetic clinic: invented patients, what their clinic's system tells of them, and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

CLINIC = "canstrive"
CODE = "skinpen-microneedling"
SOURCE = f"/clinics/{CLINIC}/pms"
HOME = "America/Toronto"


@dataclass(frozen=True, slots=True)
class Person:
    """One invented patient; `role` says why they are in the cast."""

    id: str
    given_name: str
    family_name: str
    language: str
    time_zone: str
    sms: str = ""
    email: str = ""
    promo: tuple[str, ...] = ()  # channels with express consent to promotion
    role: str = ""

    def contact_points(self) -> list[dict[str, str]]:
        """As the event door takes them."""
        pairs = (("sms", self.sms), ("email", self.email))
        return [{"channel": channel, "value": value} for channel, value in pairs if value]

    def zone(self) -> ZoneInfo:
        """Where the person lives; the clinic's zone where nobody asked."""
        return ZoneInfo(self.time_zone or HOME)


@dataclass(frozen=True, slots=True)
class Told:
    """At `at` the clinic's system sends `event`."""

    at: datetime
    person: Person
    event: Mapping[str, Any]
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """At `at` the patient writes `text` from their phone."""

    at: datetime
    person: Person
    text: str


@dataclass(frozen=True, slots=True)
class Took:
    """At `at` somebody on staff answers the text about the person's red flag, and so takes it over."""

    at: datetime
    person: Person
    by: str
    sms: str


@dataclass(frozen=True, slots=True)
class Closed:
    """At `at` somebody on staff is done with what the person wrote, and closes it."""

    at: datetime
    person: Person
    by: str


Happening = Told | Answer | Took | Closed


@dataclass(frozen=True, slots=True)
class Story:
    """All that happens, in order of time."""

    people: tuple[Person, ...]
    happenings: tuple[Happening, ...]


class Teller:
    """Makes the CloudEvents of one clinic; ids count up, so the same calls make the same events."""

    def __init__(self, clinic: str = CLINIC, code: str = CODE) -> None:
        self.clinic, self.code, self._count = clinic, code, 0

    def treated(self, person: Person, at: datetime, *, treatment: str, session: int = 1, of: int = 1) -> Told:
        """`treatment.completed`, told five minutes after the treatment ended."""
        done = {
            "id": treatment, "code": self.code, "performed_at": at.isoformat(), "practitioner": "RN Okafor",
            "session": session, "of": of, "body_site": "face",
        }  # fmt: skip
        told = at + timedelta(minutes=5)
        words = f"session {session} of {of}" if of > 1 else "treatment"
        return self._tell(
            "treatment.completed", person, told, note=words, patient=_introduce(person, at), treatment=done
        )

    def voided(self, person: Person, at: datetime, *, treatment: str) -> Told:
        """`treatment.voided`: it was entered in error."""
        return self._tell("treatment.voided", person, at, note="entered in error", patient={"id": person.id},
                          treatment={"id": treatment})  # fmt: skip

    def corrected(self, person: Person, at: datetime, *, treatment: str, performed_at: datetime) -> Told:
        """`treatment.corrected`: it was at another time."""
        done = {"id": treatment, "code": self.code, "performed_at": performed_at.isoformat()}
        return self._tell(
            "treatment.corrected", person, at, note="corrected", patient={"id": person.id}, treatment=done
        )

    def booked(self, person: Person, at: datetime, *, booking: str, starts_at: datetime) -> Told:
        """`booking.made` for a next session."""
        made = {"id": booking, "treatment_code": self.code, "starts_at": starts_at.isoformat()}
        words = f"books {starts_at:%d %B %Y}"
        return self._tell("booking.made", person, at, note=words, patient={"id": person.id}, booking=made)

    def offered(self, person: Person, at: datetime, *, booking: str, starts_at: datetime) -> Told:
        """`booking.offered`: a time for the next session, which the patient is asked about."""
        visit = {"id": booking, "treatment_code": self.code, "starts_at": starts_at.isoformat()}
        words = f"is offered {starts_at:%d %B %Y}"
        return self._tell("booking.offered", person, at, note=words, patient={"id": person.id}, booking=visit)

    def booking(self, verb: str, person: Person, at: datetime, *, booking: str) -> Told:
        """`booking.cancelled`, `booking.attended` or `booking.missed`."""
        return self._tell(f"booking.{verb}", person, at, note=f"booking {verb}", booking={"id": booking})

    def updated(self, person: Person, at: datetime) -> Told:
        """`patient.updated` with everything we know of `person`."""
        return self._tell("patient.updated", person, at, note="details updated", patient=_introduce(person, at))

    def gone(self, verb: str, person: Person, at: datetime) -> Told:
        """`patient.deceased` or `patient.archived`."""
        return self._tell(f"patient.{verb}", person, at, note=verb, patient={"id": person.id})

    def _tell(self, kind: str, person: Person, at: datetime, *, note: str, **data: Any) -> Told:
        self._count += 1
        event = {
            "specversion": "1.0", "type": kind, "source": f"/clinics/{self.clinic}/pms", "id": f"E-{self._count:05d}",
            "time": at.isoformat(), "datacontenttype": "application/json", "data": {"clinic": self.clinic, **data},
        }  # fmt: skip
        return Told(at.astimezone(UTC), person, event, note)


def _introduce(person: Person, at: datetime) -> dict[str, Any]:
    recorded = (at - timedelta(hours=1)).isoformat()
    known: dict[str, Any] = {
        "id": person.id, "given_name": person.given_name, "family_name": person.family_name,
        "language": person.language, "contact_points": person.contact_points(),
    }  # fmt: skip
    if person.time_zone:
        known["time_zone"] = person.time_zone
    if person.promo:
        known["consents"] = [
            {
                "class": "promo",
                "channel": channel,
                "kind": "express",
                "recorded_at": recorded,
                "evidence": "intake form v3",
            }
            for channel in person.promo
        ]
    return known
