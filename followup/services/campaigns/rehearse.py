"""Rehearse: a campaign's texts, every variant and language, to one person on staff before any patient gets them."""

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass

from followup.content.templates import Rendered
from followup.domain.campaign import Campaign, Variant
from followup.domain.clinic import Clinic, StaffMember
from followup.domain.errors import Conflict, InvalidInput, NotFound, TemplateFault
from followup.domain.ids import AttemptId, ClinicId, MessageId
from followup.domain.message import Channel
from followup.domain.outcome import Accepted
from followup.ports import Outbound
from followup.services import own
from followup.services.campaigns import check, find
from followup.services.compose import values_for
from followup.services.context import Context
from followup.services.links import LinkKind
from followup.services.routing.lineup import sender_at

#: As long as a real token, so that segments are counted right; the links of a rehearsal lead nowhere.
_TOKEN = "s4mpleT0kenOfTheLength"
_MARK = "[TEST] "


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One text as it went to staff, or why it did not."""

    variant: str
    language: str
    channel: Channel
    text: str
    segments: int
    problem: str = ""


def rehearse(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, to: str, by: str) -> list[Rehearsed]:
    """Send every text to the person on staff who is called `to`, over the channels they have.

    Raises NotFound for a name that the clinic's file does not have, InvalidInput where a text cannot be written or the
    person has neither number nor mailbox, Conflict where this copy of the database may not send.
    """
    find.named(by)
    with ctx.db.reading() as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
    clinic = ctx.clinics.need(clinic_id)
    person = _person(clinic, to)
    held = own.state(ctx)
    if not held.may_send:
        raise Conflict(f"nothing is sent: {held.short}", cure=own.CURE)
    texts = list(_texts(ctx, clinic, campaign, channels=[c for c in campaign.definition.channels if _at(person, c)]))
    if not texts:
        raise InvalidInput(f"{person.name} has no address for its channels", cure="add it to the clinic's file")
    done = [_send(ctx, clinic, one, text, to=_at(person, one.channel)) for one, text in texts]
    with ctx.db.transaction() as conn:
        detail = {"to": person.name, "texts": sum(not one.problem for one in done)}
        find.note(ctx, conn, campaign, action="rehearsed", by=by.strip(), detail=detail)
    return done


def _person(clinic: Clinic, name: str) -> StaffMember:
    wanted = name.strip().casefold()
    found = next((s for s in clinic.staff if wanted in {s.name.casefold(), s.role.casefold()}), None)
    if found is None:
        known = ", ".join(s.name for s in clinic.staff) or "nobody"
        raise NotFound(f"nobody on staff is called {name!r}", cure=f"the clinic's file has: {known}")
    return found


def _at(person: StaffMember, channel: Channel) -> str:
    return person.sms if channel is Channel.SMS else person.email


def _texts(
    ctx: Context, clinic: Clinic, campaign: Campaign, *, channels: list[Channel]
) -> Iterator[tuple[Rehearsed, Rendered]]:
    versions = check.texts(ctx, campaign.definition)
    for variant in campaign.definition.variants:
        for locale in ctx.templates.locales(variant.template):
            for channel in channels:
                made = render(ctx, clinic, variant, version=versions[variant.key], locale=locale, channel=channel)
                yield Rehearsed(variant.key, locale, channel, made.text, made.segments), made


def render(ctx: Context, clinic: Clinic, variant: Variant, *, version: str, locale: str, channel: Channel) -> Rendered:
    """A text as a patient called Ana would get it; raises InvalidInput where a campaign cannot fill a gap."""
    public = ctx.settings.public_url
    links = {kind: f"{public}/{kind.value}/{_TOKEN}" for kind in LinkKind}
    values = values_for(clinic, None, links=links, public_url=public) | {"given_name": "Ana"}
    try:
        return ctx.templates.render(
            variant.template,
            version=version,
            locale=locale,
            channel=channel,
            values=values,
            fallback=clinic.languages[0],
            detail=clinic.sms_detail_level,
        )
    except TemplateFault as fault:
        raise InvalidInput(
            f"{fault.message}", cure=fault.cure or "a campaign knows no treatment: say it without"
        ) from None


def _send(ctx: Context, clinic: Clinic, one: Rehearsed, made: Rendered, *, to: str) -> Rehearsed:
    allowed = ctx.settings.mode == "live" or any(fnmatch.fnmatchcase(to, glob) for glob in ctx.settings.trial_allow)
    if not allowed:
        return _failed(one, "trial mode: the address is not on the allow list")
    provider = ctx.providers[one.channel]
    outbound = Outbound(
        message_id=MessageId(ctx.ids.new("tst")),
        attempt_id=AttemptId(ctx.ids.new("att")),
        attempt_number=1,
        channel=one.channel,
        message_class=made.message_class,
        to=to,
        sender=sender_at(ctx, clinic, provider),
        subject=_MARK + made.subject if made.subject else "",
        text=_MARK + made.text,
        html=made.html,
        from_name=clinic.name,
        reply_to=clinic.email,
        language=made.language,
        sent_at=ctx.clock.now(),
    )
    outcome = ctx.network.submit(provider.send(outbound)).result()
    return one if isinstance(outcome, Accepted) else _failed(one, outcome.detail)


def _failed(one: Rehearsed, problem: str) -> Rehearsed:
    return Rehearsed(one.variant, one.language, one.channel, one.text, one.segments, problem)
