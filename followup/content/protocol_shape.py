"""The shape of a file under `config/protocols/`; editors get its JSON Schema."""

from datetime import date
from typing import Annotated

from pydantic import Field

from followup.content.shape import Key, Language, LocalTime, OffsetText, Shape, Text, Weekdays, matching, one_or_more
from followup.domain.message import Channel, MessageClass
from followup.domain.protocol import Anchor, Condition, LatePolicy, Repeat

TemplateRef = Annotated[str, *matching(r"[a-z0-9-]+/[a-z0-9-]+", cure="write <protocol>/<step>")]
Conditions = Annotated[tuple[Condition, ...], *one_or_more(Condition)]
Channels = Annotated[list[Channel], *one_or_more(Channel), Field(min_length=1)]


class PreferredWindow(Shape):
    """Preferred local hours; the step falls due when they begin."""

    from_: Annotated[LocalTime, Field(alias="from")]
    to: LocalTime


class StepShape(Shape):
    """One planned contact."""

    key: Key
    anchor: Annotated[Anchor, Field(description="The date the step counts from.")]
    offset: Annotated[OffsetText, Field(description="Distance from the anchor: PT90M, P1D, P4W, P3M, P3BD.")]
    at: Annotated[LocalTime | None, Field(description="Preferred time in the patient's zone.")] = None
    window: Annotated[PreferredWindow | None, Field(description="Preferred hours in the patient's zone.")] = None
    weekdays: Annotated[Weekdays, Field(description="Move forward to one of these days.")] = ()
    late: Annotated[LatePolicy, Field(description="When its time is past at planning.")] = LatePolicy.NEXT_WINDOW
    max_late: Annotated[OffsetText | None, Field(description="Later than this it is skipped (default P1D).")] = None
    valid_for: Annotated[OffsetText, Field(description="Not sent later than this after its time.")] = "P2D"
    message_class: Annotated[MessageClass, Field(alias="class")]
    channels: Annotated[Channels, Field(description="In order of preference.")]
    template: Annotated[TemplateRef, Field(description="Folder below templates/messages.")]
    unless: Annotated[Conditions, Field(description="Not sent if one of these holds when due.")] = ()
    only_if: Annotated[Conditions, Field(description="Sent only if all of these hold when due.")] = ()
    adjustable: Annotated[
        list[OffsetText] | None, Field(min_length=2, max_length=2, description="Bounds of the clinic's own offset.")
    ] = None
    expects_reply: bool = False


class SeriesShape(Shape):
    """How sessions of one course hang together."""

    min_gap: OffsetText = "P4W"
    max_gap: OffsetText = "P12W"
    repeat: Repeat = Repeat.SUPERSEDE


class ReviewShape(Shape):
    """Who looked at the content, and when."""

    source: Text
    reviewer: Text
    reviewed_on: date
    note: Text


class ProtocolShape(Shape):
    """The written follow-up for a treatment."""

    key: Key
    title: Annotated[
        dict[Language, Text], Field(min_length=1, description="Its languages are those it must be sent in.")
    ]
    treatment_codes: Annotated[list[Key], Field(min_length=1)]
    series: SeriesShape = SeriesShape()
    horizon: Annotated[OffsetText, Field(description="No step lies further ahead.")] = "P18M"
    priority: Annotated[
        int | None, Field(ge=1, le=999, description="In a message for several treatments the smaller is first (100).")
    ] = None
    review: ReviewShape
    steps: Annotated[list[StepShape], Field(min_length=1, max_length=60)]
