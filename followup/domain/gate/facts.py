"""GateFacts: everything the gate looks at, and the ways to reach the patient."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from followup.domain.caps import Sent
from followup.domain.clinic import Clinic, Terms
from followup.domain.consent import Consent, Suppression
from followup.domain.gate.verdict import Check, Verdict
from followup.domain.hours import ZoneChoice
from followup.domain.message import Channel, Hold, Message
from followup.domain.patient import PatientStatus
from followup.domain.protocol import Condition
from followup.domain.window import Calendar


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to reach the patient; `problem` says why it cannot be used (bad number, US number, flagged), else empty."""

    channel: Channel
    address: str
    problem: str = ""
    trial_allowed: bool = True
    hold: Hold | None = None  # no provider can take it now, for this cause
    until: datetime | None = None  # when that ends by itself (UTC)
    suppressions: tuple[Suppression, ...] = ()
    us: bool = False  # a US number
    consent: int | None = None  # the ledger's row that allows it
    further: tuple[str, ...] = ()  # zones that must be open as well: the number may lie there
    terms: Terms | None = None  # hours and limits of the number's country


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything the gate looks at; gathered in the transaction that marks the start."""

    message: Message
    clinic: Clinic
    zone: str  # the patient's zone, else the clinic's
    candidates: tuple[Candidate, ...]  # in the step's order of channels
    calendar: Calendar
    holds: tuple[Hold, ...] = ()
    rests_until: datetime | None = None  # the pause is the patient's own and ends then
    trial: bool = False
    patient_status: PatientStatus = PatientStatus.ACTIVE
    source_void: bool = False
    enrollment_stopped: bool = False
    campaign_cancelled: bool = False
    unless: frozenset[Condition] = frozenset()
    only_if: frozenset[Condition] = frozenset()
    true_conditions: frozenset[Condition] = frozenset()
    contacted: bool = False  # this step already went out, or may have, under another id
    consents: tuple[Consent, ...] = ()
    sent: tuple[Sent, ...] = ()
    rivals: tuple[Sent, ...] = ()  # what else waits for this patient, by class and due time
    answers: bool = False  # it answers the patient's own message: never capped, and at any hour
    explicit_zone: bool = True  # the zone was recorded for the patient
    jitter: timedelta = timedelta(0)
    broke_until: datetime | None = None  # the month's budget of its class is spent until then

    def choice(self, candidate: Candidate) -> ZoneChoice:
        """By what the zone was chosen."""
        if self.explicit_zone:
            return ZoneChoice.PATIENT
        return ZoneChoice.AREA_CODE if candidate.further else ZoneChoice.CLINIC


Candidates = tuple[Candidate, ...]
Answer = tuple[Check, Verdict | None, Candidates]


def passed(rule: str, text: str, left: Candidates, *, source: str) -> Answer:
    """A check that lets it through, with the candidates that are left."""
    return Check(rule, True, text, source), None, left


def stopped(rule: str, text: str, verdict: Verdict, *, source: str) -> Answer:
    """A check that does not."""
    return Check(rule, False, text, source), verdict, ()
