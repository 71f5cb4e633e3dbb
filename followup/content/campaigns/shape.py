"""The shape of a campaign as people write it; editors get its JSON Schema."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from followup.content.protocol_shape import Channels, TemplateRef
from followup.content.shape import Key, OffsetText, Shape, read_data, wrong
from followup.domain.campaign import Speech
from followup.domain.document import unstorable
from followup.domain.errors import Fault, InvalidInput
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.window import to_utc

_ANSWERS = frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY})
_FASTEST = 6000


def _askable(kind: MessageClass) -> MessageClass:
    if kind in _ANSWERS:
        text = f"a campaign cannot be {kind}: that class answers what a patient wrote"
        raise wrong("bad-class", text, cure="write care, checkin, transactional, promo or consent_request")
    return kind


def _moving(count: int) -> int:
    if count < 1:
        text = f"at a pace of {count} nothing would ever go out"
        raise wrong("no-pace", text, cure="write 1 or more; to stop a campaign, pause or cancel it")
    return count


def _ahead(text: str) -> str:
    if Offset.parse(text).approximate_days() <= 0:
        raise wrong("bad-offset", f"{text!r} is no time to come", cure="write P3D for instance")
    return text


def _moment(value: Any) -> Any:
    """An instant without an offset stays without one: the clinic's zone is not known here."""
    if value is None or isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise wrong("bad-time", f"{value!r} is no time", cure="write 2026-04-01T10:00, the clinic's time") from None


Moving = Annotated[int, AfterValidator(_moving), Field(json_schema_extra={"minimum": 1})]
Ahead = Annotated[OffsetText, AfterValidator(_ahead)]
Start = Annotated[
    datetime | None,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "examples": ["2026-04-01T10:00"]}),
]


class PaceShape(Shape):
    """How fast it goes: messages in a minute, in a day of the clinic, and only below so many open inbox items."""

    per_minute: Annotated[Moving, Field(le=_FASTEST, description="Messages made in a minute.")] = 30
    per_day: Annotated[Moving | None, Field(description="Messages made in a day of the clinic.")] = None
    open_inbox: Annotated[Moving | None, Field(description="Waits while the inbox has so many open items.")] = None


class VariantShape(Shape):
    """One of the texts that are compared; `share` are parts of the whole."""

    template: TemplateRef
    share: Annotated[int, Field(ge=1, le=100)] = 1


class CampaignShape(Shape):
    """A one-off send: to whom, what, over which channels, how fast."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    message_class: Annotated[MessageClass, AfterValidator(_askable), Field(alias="class")]
    template: Annotated[TemplateRef | None, Field(description="Folder below templates/messages.")] = None
    variants: Annotated[
        dict[Key, VariantShape] | None, Field(min_length=2, max_length=4, description="Instead of `template`: A/B.")
    ] = None
    channels: Annotated[Channels, Field(description="In order of preference.")]
    language: Annotated[Speech, Field(description="Each patient's own, or one for all.")] = Speech.PATIENT
    audience: Annotated[dict[str, Any], Field(min_length=1, description="Who: a filter, see docs/campaigns.md.")]
    pace: PaceShape = PaceShape()
    hold_out: Annotated[int, Field(ge=0, le=50, description="Percent who get nothing, to compare with.")] = 0
    starts_at: Annotated[Start, Field(description="Not before; without an offset the clinic's time.")] = None
    valid_for: Annotated[Ahead, Field(description="Not sent later than this after its time.")] = "P3D"
    outcome_within: Annotated[Ahead, Field(description="A booking within it counts as the outcome.")] = "P14D"


def read_definition(data: Mapping[str, Any], *, zone: str) -> dict[str, Any]:
    """The definition filled in, as it is stored and as `domain.campaign.parse` reads it.

    `zone` is the clinic's. Raises InvalidInput with a JSON pointer for each fault.
    """
    wild = unstorable(dict(data))
    if wild:
        raise InvalidInput(f"the campaign cannot be stored: {wild[0].pointer}: {wild[0].detail}", wild)
    shape = read_data(CampaignShape, data, what="the campaign")
    plain = shape.model_dump(mode="json", by_alias=True, exclude={"template", "variants", "starts_at"})
    return plain | {"variants": _variants(shape), "starts_at": _utc(shape.starts_at, zone)}


def _variants(shape: CampaignShape) -> list[dict[str, Any]]:
    if (shape.template is None) == (shape.variants is None):
        text = "a campaign has either one `template` or `variants`"
        cure = "write `template: campaign/…`, or two to four variants"
        raise InvalidInput(text, (Fault("/template", f"{text} ({cure})", "template"),), cure=cure)
    if shape.variants is not None:
        return [{"key": key, **one.model_dump()} for key, one in shape.variants.items()]
    return [{"key": "", "template": shape.template, "share": 1}]


def _utc(moment: datetime | None, zone: str) -> str | None:
    if moment is None:
        return None
    there = moment if moment.tzinfo is not None else to_utc(moment.date(), moment.time(), zone)
    return there.astimezone(UTC).isoformat()
