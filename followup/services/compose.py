"""Turns a message into words: the values of its placeholders, the rendered text, and the envelope for the provider."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.engine import Connection

from followup.content.merged import Block
from followup.content.templates import Rendered
from followup.domain.booking import Treatment
from followup.domain.clinic import Clinic
from followup.domain.ids import AttemptId
from followup.domain.message import Channel, Message, MessageClass
from followup.domain.patient import Patient
from followup.domain.window import to_local
from followup.ports import Outbound, Provider
from followup.services import pinned
from followup.services.context import Context
from followup.services.links import LinkKind, make_links
from followup.services.routing.lineup import sender_at
from followup.services.visits import words
from followup.services.visits.invite import invite
from followup.services.weigh import Weighed
from followup.storage import threads

#: Classes that answer the patient's own message or carry no commercial purpose at all still name the sender; only
#: an answer needs no way to stop (facts 0.1).
_ANSWERS = frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY})


def outbound(
    ctx: Context,
    conn: Connection,
    message: Message,
    *,
    address: str,
    attempt_id: AttemptId,
    weighed: Weighed,
    provider: Provider,
    blocks: Sequence[Block] = (),
) -> Outbound:
    """The rendered message for `message.channel`; its links are `make_alive`'s. Raises TemplateFault or NotFound.

    With `blocks` it tells of several treatments.
    """
    clinic, channel = weighed.facts.clinic, message.channel or Channel.SMS
    made = links_of(ctx, message)
    values = values_for(clinic, weighed, links=made, public_url=ctx.settings.public_url)
    values |= own_words(conn, message)
    values |= visit_values(conn, clinic, message, weighed=weighed, links=made)
    rendered = render(ctx, conn, message, channel=channel, weighed=weighed, values=values, blocks=blocks)
    return Outbound(
        message_id=message.id,
        attempt_id=attempt_id,
        attempt_number=message.attempt_no,
        channel=channel,
        message_class=message.message_class,
        to=address,
        sender=sender_at(ctx, clinic, provider),
        text=rendered.text,
        subject=rendered.subject,
        html=rendered.html,
        from_name=clinic.name,
        reply_to=clinic.email,
        language=rendered.language,
        callback_url=f"{ctx.settings.public_url}/hooks/{provider.name}/status/{message.id}",
        unsubscribe_url=made.get(LinkKind.UNSUBSCRIBE, ""),
        list_id=f"{message.message_class}.{clinic.id}",
        sent_at=ctx.clock.now(),
        invite=invite(ctx, conn, message, weighed, to=address, language=rendered.language),
    )


def render(
    ctx: Context,
    conn: Connection,
    message: Message,
    *,
    channel: Channel,
    weighed: Weighed,
    values: Mapping[str, object],
    blocks: Sequence[Block] = (),
) -> Rendered:
    """The text of a message in the patient's language, in the version that the message pinned."""
    pinned.template(ctx, conn, message.template_ref, message.template_version)
    return ctx.templates.render(
        message.template_ref,
        version=message.template_version,
        locale=locale(message, weighed),
        channel=channel,
        values=values,
        fallback=weighed.facts.clinic.languages[0],
        detail=weighed.facts.clinic.sms_detail_level,
        blocks=blocks,
    )


def locale(message: Message, weighed: Weighed) -> str:
    """The patient's language; an answer to a keyword is in the language of the word, which its step names."""
    if message.enrollment_id is None and message.step_key.endswith((":en", ":fr", ":es")):
        return {"en": "en-CA", "fr": "fr-CA", "es": "en-CA"}[message.step_key[-2:]]
    return (weighed.patient.language if weighed.patient else "") or weighed.facts.clinic.languages[0]


def make_alive(ctx: Context, conn: Connection, messages: Iterable[Message]) -> None:
    """Let the pages about these messages be opened from now on."""
    make_links(ctx, conn, [(kind, m.clinic_id, m.id) for m in messages for kind in _kinds(m)])


def links_of(ctx: Context, message: Message) -> dict[LinkKind, str]:
    """The addresses of the pages about this message, whether or not they are alive."""
    tokens = {kind: ctx.signer.token(kind, message.clinic_id, message.id) for kind in _kinds(message)}
    return {kind: f"{ctx.settings.public_url}/{kind.value}/{token}" for kind, token in tokens.items()}


def _kinds(message: Message) -> tuple[LinkKind, ...]:
    """The pages that a message leads to: an answer needs no way to stop it, nor has a stranger a choice."""
    is_answer = message.message_class in _ANSWERS or not message.patient_id
    kinds = (LinkKind.MESSAGE,) if is_answer else (LinkKind.MESSAGE, LinkKind.UNSUBSCRIBE, LinkKind.PREFERENCES)
    return kinds if message.booking_id is None else (*kinds, LinkKind.BOOKING)


def own_words(conn: Connection, message: Message) -> dict[str, object]:
    """What a person on staff wrote, for the message that carries it."""
    if message.message_class is not MessageClass.REPLY:
        return {}
    written = threads.words_of(conn, [message.id]).get(message.id)
    return {"words": written[0]} if written else {}


def visit_values(
    conn: Connection, clinic: Clinic, message: Message, *, weighed: Weighed, links: Mapping[LinkKind, str]
) -> dict[str, object]:
    """The values of the placeholders that a visit fills; none where the message speaks of no visit."""
    if message.booking_id is None:
        return {}
    return words.values(conn, clinic, message, booking=weighed.booking, link=links.get(LinkKind.BOOKING, ""))


def values_for(
    clinic: Clinic, weighed: Weighed | None, *, links: Mapping[LinkKind, str], public_url: str
) -> dict[str, object]:
    """The values of all placeholders; what a message does not have is left out, so that a gap fails."""
    values: dict[str, object] = {
        "clinic_name": clinic.name,
        "clinic_phone": clinic.phone,
        "clinic_email": clinic.email,
        "clinic_web": clinic.web,
        "clinic_address": clinic.address,
        "clinic_legal_name": clinic.legal_name,
        "link": links.get(LinkKind.MESSAGE),
        "unsubscribe_url": links.get(LinkKind.UNSUBSCRIBE) or f"{public_url}/c/{clinic.id}",
        "preferences_url": links.get(LinkKind.PREFERENCES),
        "contact_url": f"{public_url}/c/{clinic.id}",
    }
    if weighed is not None:
        values |= _about_patient(weighed.patient) | about_treatment(clinic, weighed.treatment)
    return values


def _about_patient(patient: Patient | None) -> dict[str, object]:
    return {"given_name": patient.given_name} if patient is not None and patient.given_name.strip() else {}


def about_treatment(clinic: Clinic, treatment: Treatment | None) -> dict[str, object]:
    """The placeholders that a treatment fills."""
    if treatment is None:
        return {}
    values: dict[str, object] = {"treatment_date": to_local(treatment.performed_at, clinic.time_zone).date()}
    if treatment.practitioner:
        values["practitioner"] = treatment.practitioner
    if treatment.session is not None:
        values |= {"session": treatment.session, "next_session": treatment.session + 1}
    if treatment.of is not None:
        values["of"] = treatment.of
    return values
