"""Clinic: who sends, when it may send and whom it tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from followup.domain.ids import ClinicId
from followup.domain.message import MessageClass
from followup.domain.money import NO_BUDGET, Budget
from followup.domain.offset import Offset

_ONE_DAY = Offset(days=1)
_TEN_MINUTES, _ONE_HOUR = Offset(minutes=10), Offset(minutes=60)


class DetailLevel(StrEnum):
    """How much an SMS may say; lock screens are read by others."""

    NONE = "none"
    GENERIC = "generic"
    TREATMENT = "treatment"


class PrivacyRegime(StrEnum):
    """Whose law on health data binds the clinic."""

    PHIPA = "phipa"
    PIPEDA = "pipeda"
    LAW25 = "law25"


@dataclass(frozen=True, slots=True)
class SendWindow:
    """Local hours on some weekdays (Monday = 0). `closes` ≤ `opens` runs over midnight; equal means all day."""

    days: frozenset[int]
    opens: time
    closes: time
    on_holidays: bool = True


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who can be told; `sms` and `email` may be empty."""

    name: str
    role: str
    sms: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Caps:
    """Most messages per patient; None means no limit."""

    care_per_day: int | None = 2  # care and checkin together
    care_per_week: int | None = 5
    promo_per_day: int | None = 1
    promo_per_month: int | None = 2
    all_per_day: int | None = None  # a promo waits on a day that has had this many contacts; care never does


@dataclass(frozen=True, slots=True)
class Terms:
    """What numbers of another country are held to: hours of soliciting texts and of all others, limits of care."""

    name: str
    soliciting: tuple[SendWindow, ...]
    others: tuple[SendWindow, ...]
    source: str
    others_source: str
    care_per_day: int
    care_per_week: int
    care_source: str

    def windows(self, message_class: MessageClass) -> tuple[tuple[SendWindow, ...], str]:
        """The hours of a class, and where they stand written."""
        if message_class in {MessageClass.PROMO, MessageClass.CONSENT_REQUEST}:
            return self.soliciting, self.source
        return self.others, self.others_source


@dataclass(frozen=True, slots=True)
class UsHours:
    """A chosen preset; with `states` it goes by area code, and `usual` is for numbers of no state."""

    usual: Terms
    states: Mapping[str, Terms] = field(default_factory=dict)
    area_codes: Mapping[str, str] = field(default_factory=dict)

    def terms(self, number: str) -> Terms:
        """What a number of the United States is held to."""
        return self.states.get(self.area_codes.get(number.removeprefix("+1")[:3], ""), self.usual)


@dataclass(frozen=True, slots=True)
class Clinic:
    """One tenant, as `config/clinics/<key>.yaml` says."""

    id: ClinicId
    name: str
    legal_name: str
    address: str
    phone: str
    web: str
    email: str
    time_zone: str
    province: str
    languages: tuple[str, ...]  # the first is the default
    sender: str = ""  # at the first provider of texts; overrides its default
    senders: Mapping[str, str] = field(default_factory=dict)  # at further providers, by their name
    windows: Mapping[MessageClass, tuple[SendWindow, ...]] = field(default_factory=dict)
    opening_hours: tuple[SendWindow, ...] = ()
    closures: tuple[date, ...] = ()
    caps: Caps = Caps()
    sms_detail_level: DetailLevel = DetailLevel.GENERIC
    privacy_regime: PrivacyRegime = PrivacyRegime.PHIPA
    casl_implied_promo: bool = False
    us_enabled: bool = False
    us_promo_written: bool = True  # promotion to a US number needs an express consent in writing
    suppression_expiry: Mapping[str, Offset | None] = field(default_factory=dict)  # reason → its end; None: for good
    us_hours: UsHours | None = None  # texts to the United States need them, however much they are enabled
    alerts_to: tuple[str, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    ladder: tuple[str, ...] = ()  # roles or names, told of a red flag one after the other
    ladder_after: Mapping[str, Offset] = field(
        default_factory=lambda: {"emergency": _TEN_MINUTES, "urgent": _ONE_HOUR}
    )  # by severity, how long a rung has before the next is told
    webhooks: tuple[Mapping[str, str], ...] = ()
    offsets: Mapping[str, Offset] = field(default_factory=dict)  # "<protocol>/<step>" → the clinic's own offset
    visit_reminder: Offset | None = _ONE_DAY  # how long before a visit the patient is reminded; None: never
    budget: Budget = NO_BUDGET  # for a month, in the currency of config/prices.yaml
    campaign_approval_above: int = 100  # a campaign to more people needs a second person's yes
    merge_within: Offset = _ONE_DAY  # care steps of one day that lie no further apart share a message
