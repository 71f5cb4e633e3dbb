"""Show: what a patient's browser may see behind a link, without a log-in and without a name."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from followup.content.templates import Page
from followup.domain.clinic import Clinic
from followup.domain.errors import FollowupError
from followup.domain.ids import MessageId
from followup.domain.message import Message
from followup.services import compose, pinned
from followup.services.context import Context
from followup.services.links import LinkKind, digest, find_link
from followup.services.merging import blocks as merged
from followup.services.weigh import Weighed, weigh
from followup.storage import attempts, links, messages


@dataclass(frozen=True, slots=True)
class FullText:
    """The page of a message, and the language of the text that carried its link."""

    page: Page
    clinic: Clinic


def full_text(ctx: Context, token: str, *, language: str = "") -> FullText | None:
    """The full text behind a link, in `language` or that of the message; None if the link is not good any more."""
    with ctx.db.reading() as conn:
        link = find_link(ctx, conn, LinkKind.MESSAGE, token)
        message = messages.get(conn, link.clinic_id, MessageId(link.subject)) if link else None
        weighed = weigh(ctx, conn, [message]).get(message.id) if message else None
        if message is None or weighed is None:
            return None
        try:
            pinned.template(ctx, conn, message.template_ref, message.template_version)
            page = _render(ctx, conn, message, weighed=weighed, token=token, language=language)
        except FollowupError:  # its version is gone: the clinic's own page says how to reach them
            return None
    with ctx.db.transaction() as conn:
        links.note_opened(conn, digest(token), ctx.clock.now())
    return FullText(page, weighed.facts.clinic)


def _render(ctx: Context, conn: Connection, message: Message, *, weighed: Weighed, token: str, language: str) -> Page:
    clinic = weighed.facts.clinic
    attempt = attempts.latest(conn, [message.id]).get(message.id)
    own = str(attempt["language"]) if attempt else compose.locale(message, weighed)
    shown = language or own
    here = f"{ctx.settings.public_url}/m/{token}"
    carried = merged.carried(conn, [message]).get(message.id, [])
    blocks = merged.blocks(ctx, conn, clinic, carrier=message, others=carried) if carried else []
    pages = compose.links_of(ctx, message)
    other = next((x for x in clinic.languages if x.partition("-")[0] != shown.partition("-")[0]), None)
    return ctx.templates.full_text(
        message.template_ref,
        version=message.template_version,
        locale=shown,
        values=compose.values_for(clinic, weighed, links=pages, public_url=ctx.settings.public_url)
        | compose.visit_values(conn, clinic, message, weighed=weighed, links=pages),
        fallback=clinic.languages[0],
        other=(other, f"{here}?lang={other}") if other else None,
        blocks=blocks,
    )


def clinic_behind(ctx: Context, token: str) -> Clinic | None:
    """Whose link this is or was; the only clinic where nobody can know."""
    with ctx.db.reading() as conn:
        link = links.find(conn, digest(token))
    return (ctx.clinics.get(link.clinic_id) if link else None) or ctx.clinics.only()
