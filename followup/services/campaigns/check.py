"""Check: the texts of a campaign, whom it needs a second person for, and whether the same was sent before."""

from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Connection

from followup.content.audience import read_audience
from followup.content.editions import LAST_RESORT
from followup.domain.audience import Audience
from followup.domain.campaign import Campaign, Definition
from followup.domain.clinic import Clinic
from followup.domain.document import digest
from followup.domain.errors import Conflict, Fault, InvalidInput, NotFound, TemplateFault
from followup.domain.ids import CampaignId, ClinicId
from followup.domain.message import MessageClass
from followup.services.campaigns.audience import settled
from followup.services.context import Context
from followup.services.segments import choose
from followup.storage.campaigns import rows

#: The same text to the same audience within this time is taken for a mistake.
SAME_WITHIN = timedelta(days=7)
_ALWAYS_TWO = frozenset({MessageClass.PROMO, MessageClass.CONSENT_REQUEST})


def texts(ctx: Context, definition: Definition) -> dict[str, str]:
    """The version on disk of each variant's text; raises InvalidInput for one that is not there or of another class."""
    faults = list[Fault]()
    found = dict[str, str]()
    for variant in definition.variants:
        try:
            found[variant.key] = _version(ctx, variant.template, definition.message_class)
        except (NotFound, TemplateFault, InvalidInput) as error:
            pointer = f"/variants/{variant.key}/template" if variant.key else "/template"
            faults.append(Fault(pointer, str(error), "template"))
    if faults:
        raise InvalidInput(f"the text cannot be used: {faults[0].detail}", tuple(faults))
    return found


def _version(ctx: Context, ref: str, wanted: MessageClass) -> str:
    version = ctx.templates.version(ref)
    for locale in ctx.templates.locales(ref):
        own = ctx.templates.message_class(ref, version=version, locale=locale, fallback=LAST_RESORT)
        if own is not wanted:
            text = f"{ref}/{locale}.j2 is a text of class {own}, the campaign is {wanted}"
            raise InvalidInput(text, cure=f"write `class: {own}`, or take a text of class {wanted}")
    return version


def content(ctx: Context, definition: Definition) -> str:
    """The digest of what patients would read; the order and the names of variants do not count."""
    return digest({"texts": sorted(texts(ctx, definition).values()), "language": definition.speech.value})


def settle(conn: Connection, clinic_id: ClinicId, audience: object) -> dict[str, Any]:
    """An audience as it is stored, its segments written out: what is approved does not change with them.

    Raises InvalidInput with a pointer for each fault.
    """
    try:
        return dict(settled(conn, clinic_id, audience).source)
    except InvalidInput as error:
        faults = tuple(Fault(f"/audience{f.pointer.rstrip('/')}", f.detail, f.rule) for f in error.faults)
        wrong = faults or (Fault("/audience", error.message, "audience"),)
        raise InvalidInput(f"the audience cannot be read: {error.message}", wrong, cure=error.cure) from None


def audience_of(definition: Definition) -> Audience:
    """The audience of a stored definition."""
    return read_audience(definition.audience)


def count(ctx: Context, campaign: Campaign) -> int:
    """How many the audience has now. Raises InvalidInput where it has nobody."""
    with ctx.db.reading() as conn:
        found = choose.size(ctx, conn, campaign.clinic_id, audience=audience_of(campaign.definition))
    if not found:
        cure = "widen the filter, see `followup campaign preflight`"
        raise InvalidInput("nobody is in the audience", (Fault("/audience", "chooses nobody", "audience"),), cure=cure)
    return found


def needs_two(clinic: Clinic, definition: Definition, size: int) -> str:
    """Why a second person must say yes; empty where the author may."""
    if definition.message_class in _ALWAYS_TWO:
        return f"it is {definition.message_class}"
    return f"it goes to {size}, over {clinic.campaign_approval_above}" if size > clinic.campaign_approval_above else ""


def refuse_twice(ctx: Context, conn: Connection, campaign: Campaign) -> None:
    """Raise Conflict where the same text went to the same audience within a week, unless somebody gave a reason."""
    before = twins(ctx, conn, campaign, same_audience=True)
    if before:
        cure = "look at its results; if you mean it, submit it with --again REASON"
        raise Conflict(f"the same text went to the same audience within a week: {', '.join(before)}", cure=cure)


def twins(ctx: Context, conn: Connection, campaign: Campaign, *, same_audience: bool) -> list[CampaignId]:
    """Other campaigns of the last week with the same text; none where a reason was given."""
    if campaign.override:
        return []
    since = ctx.clock.now() - SAME_WITHIN
    return [one for one, _ in rows.alike(conn, campaign, since=since, same_audience=same_audience)]
