"""The shape of an audience in a file or a request; editors get its JSON Schema."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from followup.content.shape import Key, Language, OffsetText, Shape, Text, one_or_more, wrong
from followup.domain.audience import SeriesState
from followup.domain.enrollment import EnrollmentState
from followup.domain.message import Channel, MessageClass
from followup.domain.offset import Offset

MOST_NAMED = 1000
_LONGEST_DAYS = 50 * 366
#: Answers to a patient's own message are nobody's to choose.
_CLASSES = tuple(c for c in MessageClass if c not in {MessageClass.COMPLIANCE, MessageClass.REPLY})


def _one_or_many(most: int) -> tuple[BeforeValidator, AfterValidator, WithJsonSchema]:
    """A list of texts, each once; a single one may stand without brackets."""

    def sound(words: tuple[str, ...]) -> tuple[str, ...]:
        if not 0 < len(words) <= most or not all(words):
            raise wrong("bad-list", "the list is empty, or too long", cure=f"one to {most} words; longer lists: upload")
        if len(set(words)) < len(words):
            raise wrong("repeated", "a word is listed twice", cure="list each once")
        return words

    text: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 200}
    many = {"type": "array", "items": text, "minItems": 1, "maxItems": most, "uniqueItems": True}
    return (
        BeforeValidator(lambda v: [v] if isinstance(v, str) else v),
        AfterValidator(sound),
        WithJsonSchema({"anyOf": [text, many]}),
    )


def _back(text: str) -> str:
    offset = Offset.parse(text)
    if offset.minutes or offset.business_days or offset.months < 0 or offset.days < 0 or not offset.is_dated:
        raise wrong("bad-offset", f"{text!r} counts no days or months", cure="write P30D, P12W, P6M or P1Y")
    if offset.approximate_days() > _LONGEST_DAYS:
        raise wrong("bad-offset", f"{text!r} is longer than a life", cure="write P50Y at most")
    return text


def _class(value: MessageClass) -> MessageClass:
    if value not in _CLASSES:
        raise wrong("bad-class", f"{value} answers a patient's own message", cure=f"one of: {', '.join(_CLASSES)}")
    return value


Words = Annotated[tuple[str, ...], *_one_or_many(100)]
Names = Annotated[tuple[str, ...], *_one_or_many(MOST_NAMED)]
Languages = Annotated[tuple[Language, ...], *_one_or_many(20)]
States = Annotated[tuple[EnrollmentState, ...], *one_or_more(EnrollmentState)]
Back = Annotated[OffsetText, AfterValidator(_back)]
ClassWord = Annotated[
    MessageClass, AfterValidator(_class), WithJsonSchema({"type": "string", "enum": [c.value for c in _CLASSES]})
]


class WhenShape(Shape):
    """Days of the clinic's calendar, both ends included."""

    from_: Annotated[date | None, Field(alias="from", description="The first day.")] = None
    to: Annotated[date | None, Field(description="The last day.")] = None
    within: Annotated[Back | None, Field(description="Not longer ago than this, for instance P30D or P6M.")] = None
    older_than: Annotated[Back | None, Field(description="Longer ago than this.")] = None

    @model_validator(mode="after")
    def _in_order(self) -> "WhenShape":
        if self.from_ and self.to and self.from_ > self.to:
            raise wrong("bad-days", "`from` lies after `to`", cure="turn them round")
        return self

    @property
    def is_said(self) -> bool:
        """True if it names a time at all."""
        return any((self.from_, self.to, self.within, self.older_than))


class TreatedShape(WhenShape):
    """Had a treatment."""

    code: Annotated[Words, Field(description="Treatment codes; left out: any.")] = ()
    practitioner: Annotated[Words, Field(description="By whom, as the clinic's system writes it.")] = ()


class LastVisitShape(WhenShape):
    """When the patient was here last."""

    @model_validator(mode="after")
    def _some_time(self) -> "LastVisitShape":
        if not self.is_said:
            raise wrong("no-time", "the time is missing", cure="add from, to, within or older_than")
        return self


class SeriesShape(Shape):
    """How the course of treatments stands."""

    state: SeriesState
    protocol: Annotated[Words, Field(description="Protocol keys; left out: any.")] = ()


class FutureBookingShape(Shape):
    """Whether a visit lies ahead."""

    exists: bool
    code: Annotated[Words, Field(description="Treatment codes; left out: any.")] = ()


class ConsentShape(Shape):
    """What the law of consent allows now."""

    message_class: Annotated[ClassWord, Field(alias="class")]
    channel: Annotated[Channel | None, Field(description="Left out: any channel.")] = None


class EnrolledShape(WhenShape):
    """An enrollment, and the age of its anchor."""

    protocol: Annotated[Words, Field(description="Protocol keys; left out: any.")] = ()
    state: Annotated[States, Field(description="Left out: any state.")] = ()


class AudienceShape(Shape):
    """Who is chosen: the patients of whom every key holds."""

    everybody: Annotated[bool | None, Field(description="true: every patient of the clinic.")] = None
    treated: TreatedShape | None = None
    last_visit: LastVisitShape | None = None
    series: SeriesShape | None = None
    future_booking: FutureBookingShape | None = None
    consent: ConsentShape | None = None
    language: Annotated[Languages, Field(description="fr-CA, or fr for every French.")] = ()
    enrolled: EnrolledShape | None = None
    tags: Annotated[Words, Field(description="Has one of these tags.")] = ()
    patients: Annotated[Names, Field(description="Patients' ids, the clinic's own.")] = ()
    upload: Annotated[Text | None, Field(description="The id of an uploaded list.")] = None
    segment: Annotated[Key | None, Field(description="The name of a saved segment.")] = None
    all: Annotated[list["AudienceShape"], Field(min_length=1, max_length=50, description="All of these hold.")] = Field(
        default_factory=list
    )
    any: Annotated[list["AudienceShape"], Field(min_length=1, max_length=50, description="One of these holds.")] = (
        Field(default_factory=list)
    )
    not_: Annotated["AudienceShape | None", Field(alias="not", description="This does not hold.")] = None

    @model_validator(mode="after")
    def _says_something(self) -> "AudienceShape":
        if not self.model_fields_set or all(getattr(self, n) is None for n in self.model_fields_set):
            raise wrong("chooses-nobody", "nothing is asked for", cure="add a clause, or write `everybody: true`")
        if self.everybody is False:
            raise wrong("chooses-nobody", "`everybody: false` chooses nobody", cure="leave it out")
        return self
