"""The people of the audience: some said STOP, some have no number, some a number that is dead; in two languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from followup.domain.consent import SuppressionReason
from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel
from followup.domain.patient import ContactPoint, Patient
from followup.services.context import Context
from followup.storage import patients, suppressions

CLINIC = ClinicId("canstrive")
_AREAS = ("647", "519", "613", "705", "289", "226", "437", "416", "905", "343", "249", "548")
_BATCH = 1000


class Part(StrEnum):
    """What somebody is in the audience for."""

    TEXT = "gets one text"
    STOPPED = "said STOP before"
    SILENT = "has no number"
    DEAD = "has a dead number"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the audience; of a hundred ten said STOP, five have no number and three a dead one."""

    number: int

    @property
    def part(self) -> Part:
        last = self.number % 100
        if last < 10:
            return Part.STOPPED
        return Part.SILENT if last < 15 else Part.DEAD if last < 18 else Part.TEXT

    @property
    def phone(self) -> str:
        return f"+1{_AREAS[self.number // 10_000]}555{self.number % 10_000:04d}"

    def patient(self) -> Patient:
        """As the clinic's system would tell of them."""
        point = ContactPoint(Channel.SMS, self.phone, valid=True, raw=self.phone)
        points = () if self.part is Part.SILENT else (point,)
        language = "fr-CA" if self.number % 3 == 0 else "en-CA"
        name = PatientId(f"P-{self.number:06d}")
        return Patient(CLINIC, name, "Zefiryna", "Quackenbos", language, "America/Toronto", points)


def people(count: int) -> Iterator[Person]:
    """The first `count` of them."""
    return (Person(number) for number in range(count))


def settle(ctx: Context, count: int) -> None:
    """Write them down, and what some of them said before."""
    waiting, now = people(count), ctx.clock.now()
    while some := list(islice(waiting, _BATCH)):
        with ctx.db.transaction() as conn:
            patients.put_many(conn, [one.patient() for one in some], now)
            for one in (p for p in some if p.part is Part.STOPPED):
                suppressions.add(
                    conn, clinic_id=CLINIC, channel=Channel.SMS, address=one.phone, reason=SuppressionReason.OPT_OUT,
                    source="bench", now=now, mark=ctx.signer.mark,
                )  # fmt: skip
