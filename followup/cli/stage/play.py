"""The play: lives a story on the running machine, from due time to due time, and shows what goes out."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Protocol

from followup.cli.stage import feed
from followup.cli.stage.scenes import Heard, Noted, Scene, Sent
from followup.cli.stage.theatre import KEY, Theatre
from followup.clock import wait_until, write_instant
from followup.domain.channels.sms import segments
from followup.domain.errors import Unavailable
from followup.domain.escalation import Escalation, EscalationKind
from followup.domain.gate import Send, Skip, Verdict
from followup.domain.ids import ClinicId, PatientId
from followup.domain.inbound import Keyword, keyword
from followup.domain.message import Channel, MessageClass, MessageState
from followup.sandbox.clinic import CLINIC, Answer, Closed, Happening, Person, Story, Told, Took
from followup.services.alerts import handle
from followup.services.bookings import desk
from followup.services.context import Context
from followup.services.quiesce import in_hand, next_due
from followup.services.reading import report, tally
from followup.services.reading.tally import Contact

#: A killed worker's messages are back after a lease and, where it died in a call, a settle time.
_PATIENCE = timedelta(seconds=60)
_DOUBTS = timedelta(seconds=20)
_RECEIPTS = timedelta(seconds=1.5)
_OFTEN = timedelta(milliseconds=25)
_CLINIC = ClinicId(CLINIC)


class Stage(Protocol):
    """Who shows it."""

    def note(self, text: str) -> None: ...
    def moved(self, at: datetime) -> None: ...
    def show(self, scene: Scene) -> None: ...


class Play:
    """Feeds the story's happenings and moves the clock; `pace` seconds pass after every scene for those who watch."""

    def __init__(self, ctx: Context, theatre: Theatre, stage: Stage, *, story: Story, pace: float = 0.0) -> None:
        self._ctx, self._theatre, self._stage, self._story, self._pace = ctx, theatre, stage, story, pace
        self._people = {person.id: person for person in story.people}
        self._shown: set[str] = set()
        self._subjects: dict[str, str] = {}
        self._mails_read, self._given_up, self._pause = 0, 0, Event()

    def run(self, *, until: datetime) -> None:
        """Live the whole story; returns when all that was due up to `until` is done and its receipts are in."""
        for happening in self._story.happenings:
            self._move_to(happening.at)
            self._perform(happening)
        self._move_to(until)
        self._rest()

    def _move_to(self, at: datetime) -> None:
        """Stop wherever something falls due before `at`."""
        self._rest()
        while (due := next_due(self._ctx)) is not None and due < at:
            self._set(due)
            self._rest()
        self._set(at)

    def _set(self, instant: datetime) -> None:
        if instant > self._ctx.clock.now():
            write_instant(self._theatre.folder / "clock", instant)
        self._stage.moved(instant)

    def _perform(self, happening: Happening) -> None:
        match happening:
            case Told():
                feed.tell(self._theatre.site.url, KEY, happening.event)
                self._show(Noted(happening.at, happening.person, happening.note))
            case Answer():
                self._write(happening, sender=happening.person.sms, body=happening.text)
                effect = self._effect(happening)
                self._show(Heard(happening.at, happening.person, happening.text, effect))
            case Took():
                self._write(happening, sender=happening.sms, body="OK")
                taken = all(one.acknowledged_by == happening.by for one in self._flags(happening.person))
                text = "takes over by answering OK; nobody else is woken" if taken else "answers OK, but was not asked"
                self._show(Noted(happening.at, happening.person, text, happening.by))
            case Closed():
                for one in self._flags(happening.person):
                    handle.close(self._ctx, _CLINIC, one.id, by=happening.by)
                text = "closes the matter; what was held goes on"
                self._show(Noted(happening.at, happening.person, text, happening.by))

    def _write(self, happening: Happening, *, sender: str, body: str) -> None:
        ref = "SM" + hashlib.sha256(f"{sender}{happening.at}".encode()).hexdigest()[:32]
        feed.write(self._theatre.carrier_url, sender=sender, body=body, ref=ref)

    def _flags(self, person: Person) -> list[Escalation]:
        """The person's red flags that nobody has closed."""
        open_now = report.timeline(self._ctx, _CLINIC, PatientId(person.id)).escalations
        return [one for one in open_now if one.kind is EscalationKind.RED_FLAG]

    def _effect(self, answer: Answer) -> str:
        """What the answer changed, as the gate foresees it for what is still to come."""
        hit = keyword(answer.text)
        if flags := self._flags(answer.person):
            return f"{flags[0].severity}: a safety text at once, all else is held, staff are woken one after the other"
        if hit is None or hit.keyword is not Keyword.STOP:
            return self._about_visits(answer) or "a person must read it: the front desk is told"
        timeline = report.timeline(self._ctx, _CLINIC, PatientId(answer.person.id))
        planned = [e for e in timeline.entries if e.message.message_class is not MessageClass.COMPLIANCE]
        coming = Counter(_fate(e.foreseen.decision.verdict) for e in planned if e.foreseen is not None)
        return f"no further text to this number; of the plan: {listed(coming) or 'nothing is left'}"

    def _about_visits(self, answer: Answer) -> str:
        """What became of the visit that was answered about just now; empty where it was about none."""
        visits = desk.listing(self._ctx, _CLINIC, patient_id=answer.person.id)
        said = [v for v in visits if v.confirmed_at is not None and v.confirmed_at >= answer.at]
        if not said:
            return ""
        on = said[-1].starts_at.astimezone(answer.person.zone())
        return f"the visit of {on.day} {on:%B} is set; the entry for the calendar goes by e-mail, no nudge to book"

    def _rest(self) -> None:
        """Wait until nothing is in hand and, for a while, in doubt or without its receipt; then show what went out."""
        self._wait(self._at_rest, _PATIENCE)
        if not wait_until(self._no_new_doubt, limit=_DOUBTS, every=_OFTEN):
            self._given_up = self._count(MessageState.UNCONFIRMED)
        wait_until(self._all_receipted, limit=_RECEIPTS, every=_OFTEN)
        for contact in tally.contacts(self._ctx, _CLINIC):
            if contact.message_id not in self._shown and contact.patient_id in self._people:
                self._shown.add(contact.message_id)
                self._show(self._scene(contact))

    def _wait(self, done: Callable[[], bool], limit: timedelta) -> None:
        if not wait_until(done, limit=limit, every=_OFTEN):
            raise Unavailable(f"the demo stands still: {in_hand(self._ctx)}", cure="see the log folder of the demo")

    def _at_rest(self) -> bool:
        self._theatre.check()
        left = in_hand(self._ctx)
        return not left.moving and not left.backing_off

    def _no_new_doubt(self) -> bool:
        """True if nothing is in doubt but what nobody can ever know."""
        return self._at_rest() and self._count(MessageState.UNCONFIRMED) <= self._given_up

    def _all_receipted(self) -> bool:
        return not any(
            e.state is MessageState.SENT and e.channel is Channel.SMS for e in tally.endings(self._ctx, _CLINIC)
        )

    def _count(self, state: MessageState) -> int:
        return sum(ending.number for ending in tally.endings(self._ctx, _CLINIC) if ending.state is state)

    def _scene(self, contact: Contact) -> Sent:
        sms = contact.channel is Channel.SMS
        return Sent(
            at=contact.at,
            person=self._person(contact),
            message_id=contact.message_id,
            step=contact.step_key.partition(":")[0],
            channel=contact.channel,
            language=contact.language,
            text=contact.text,
            subject="" if sms else self._subject(contact),
            segments=segments(contact.text).segments if sms else 0,
            state=contact.state,
        )

    def _person(self, contact: Contact) -> Person:
        return self._people[contact.patient_id]

    def _subject(self, contact: Contact) -> str:
        """The subject as the mail catcher saw it, by Message-ID."""
        ledger = feed.read(f"{self._theatre.mail_url}/control/ledger?since={self._mails_read}")
        self._mails_read = ledger["next"]
        self._subjects.update({entry["message_id"]: entry["subject"] for entry in ledger["entries"]})
        return self._subjects.get(contact.provider_ref or "", "")

    def _show(self, scene: Scene) -> None:
        self._stage.show(scene)
        if self._pace:
            self._pause.wait(self._pace)


def _fate(verdict: Verdict) -> str:
    match verdict:
        case Send():
            return "go by e-mail" if verdict.channel is Channel.EMAIL else "go by SMS"
        case Skip():
            return f"end as {verdict.reason.value.replace('_', ' ')}"
        case _:
            return "wait"


def listed(counted: Counter[str]) -> str:
    """`3 go by e-mail, 1 end as opted out`."""
    return ", ".join(f"{number} {what}" for what, number in sorted(counted.items()))
