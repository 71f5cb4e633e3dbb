"""What can be wrong in a protocol whose words are all known: steps that never go, or go too late."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time, timedelta

from followup.domain.clinic import SendWindow
from followup.domain.finding import Level
from followup.domain.lint.bounds import within
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.protocol import Anchor, CareProtocol, Condition, LatePolicy, Repeat, Step
from followup.domain.window import DEFAULT_WINDOWS, longest_shut

Hours = Mapping[MessageClass, tuple[SendWindow, ...]]


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault at a place in the definition."""

    place: tuple[str | int, ...]
    rule: str
    text: str
    cure: str
    level: Level = Level.ERROR


def remarks_on(protocol: CareProtocol, hours: Hours = DEFAULT_WINDOWS) -> Iterator[Remark]:
    """Everything wrong with `protocol` for a clinic with these hours."""
    if protocol.min_gap.approximate_days() > protocol.max_gap.approximate_days():
        yield Remark(("series", "min_gap"), "bad-gap", "min_gap is longer than max_gap", "make min_gap the shorter one")
    seen: set[str] = set()
    for n, step in enumerate(protocol.steps):
        if step.key in seen:
            yield Remark(
                ("steps", n, "key"), "duplicate-step", f"step {step.key!r} is there twice", "give each its own key"
            )
        seen.add(step.key)
        for remark in remarks_on_step(protocol, step, hours):
            yield Remark(("steps", n, *remark.place), remark.rule, remark.text, remark.cure, remark.level)


def remarks_on_step(protocol: CareProtocol, step: Step, hours: Hours) -> Iterator[Remark]:
    """Everything wrong with one step; places are below the step."""
    for check in _CHECKS:
        yield from check(protocol, step)
    yield from remarks_on_hours(step, hours.get(step.message_class, DEFAULT_WINDOWS[step.message_class]))


def remarks_on_hours(step: Step, windows: tuple[SendWindow, ...]) -> Iterator[Remark]:
    """Whether the step's times fit the send windows of its class."""
    kind = step.message_class.value
    shut = longest_shut(windows)
    if shut == timedelta.max:
        yield Remark(
            ("class",), "never-open", f"the hours of {kind!r} never open", "give the class hours on some weekday"
        )
        return
    wanted = step.preferred_time
    misfit = _misfit(step, windows)
    if misfit is Level.ERROR:
        yield Remark(("window",), "never-open", f"these hours never meet those of {kind!r}", "choose hours inside them")
    elif misfit is Level.WARNING:
        cure = f"choose a time inside the hours of {kind!r}"
        yield Remark(("at",), "outside-hours", f"{wanted:%H:%M} is always moved to the next opening", cure, misfit)
    if _days(step.valid_for) < (0 if wanted and misfit is None else shut / timedelta(days=1)):
        text = f"valid_for is shorter than the {_hours(shut)} hours that {kind!r} may have to wait for an opening"
        yield Remark(("valid_for",), "valid-for-too-short", text, f"write at least PT{_hours(shut)}H")


def _days(offset: Offset) -> float:
    return offset.approximate_days()


def _hours(span: timedelta) -> int:
    return -(-int(span.total_seconds()) // 3600)


def _misfit(step: Step, windows: tuple[SendWindow, ...]) -> Level | None:
    """Error: the preferred hours never meet the windows; warning: their start is outside on every day."""
    wanted = step.preferred_time
    if wanted is None or not windows:
        return None
    if any(_holds(w, wanted) for w in windows):
        return None
    if step.window and not any(_holds(SendWindow(w.days, *step.window), w.opens) for w in windows):
        return Level.ERROR
    return Level.WARNING


def _holds(window: SendWindow, at: time) -> bool:
    if window.opens == window.closes:
        return True
    if window.opens < window.closes:
        return window.opens <= at < window.closes
    return at >= window.opens or at < window.closes


def _check_conditions(protocol: CareProtocol, step: Step) -> Iterator[Remark]:
    both = {Condition.SERIES_OPEN, Condition.SERIES_CLOSED}
    cure = "take one of the two away"
    if both <= step.only_if or both <= step.unless:
        yield Remark(("only_if",), "unreachable", "a series is either open or closed, never both or neither", cure)
    if clash := step.only_if & step.unless:
        words = ", ".join(sorted(clash))
        yield Remark(("unless",), "unreachable", f"wants {words} and refuses it", cure)
    if _outlives_series(protocol, step):
        text = f"a series without a booking is closed {step.offset_text} after the treatment"
        yield Remark(("offset",), "unreachable", text, "make the offset shorter than the series' max_gap")


def _outlives_series(protocol: CareProtocol, step: Step) -> bool:
    return (
        Condition.SERIES_OPEN in step.only_if
        and Condition.FUTURE_BOOKING in step.unless
        and step.anchor is not Anchor.BOOKING
        and protocol.repeat is not Repeat.KEEP_BOTH
        and _days(step.offset) > _days(protocol.max_gap)
    )


def _check_distance(protocol: CareProtocol, step: Step) -> Iterator[Remark]:
    furthest = max([step.offset, *(step.adjustable or ())], key=_days)
    if _days(furthest) > _days(protocol.horizon):
        yield Remark(("offset",), "past-horizon", "lies past the protocol's horizon", "shorten it or raise `horizon`")
    if _days(step.offset) < 0 and step.anchor is not Anchor.BOOKING:
        yield Remark(
            ("offset",), "unreachable", "lies before the treatment that starts it", "count forward from the treatment"
        )


def _check_hour(_protocol: CareProtocol, step: Step) -> Iterator[Remark]:
    if step.at and step.window:
        yield Remark(("window",), "two-times", "has both `at` and `window`", "keep one of them")
    if step.window and step.window[0] == step.window[1]:
        yield Remark(("window",), "empty-window", "begins and ends at one time", "give it some length")
    if not step.offset.is_dated and (step.preferred_time or step.weekdays):
        key = "at" if step.at else "window" if step.window else "weekdays"
        cure = "take it away or count in days"
        yield Remark((key,), "at-on-minutes", f"{key!r} has no meaning for an offset below a day", cure)


def _check_late(_protocol: CareProtocol, step: Step) -> Iterator[Remark]:
    if step.late is LatePolicy.SKIP:
        return
    if _days(step.max_late) <= 0:
        yield Remark(
            ("max_late",), "late-without-time", f"`late: {step.late}` with no time to be late", "write `late: skip`"
        )
    if _days(step.max_late) > _days(step.valid_for):
        cure = "make valid_for the longer one"
        yield Remark(("max_late",), "late-beyond-valid", "may be later than the text is valid", cure)


def _check_valid(_protocol: CareProtocol, step: Step) -> Iterator[Remark]:
    if _days(step.valid_for) <= 0:
        yield Remark(("valid_for",), "valid-for-too-short", "is never valid", "write how long the text makes sense")


def _check_bounds(_protocol: CareProtocol, step: Step) -> Iterator[Remark]:
    if not step.adjustable:
        return
    low, high = step.adjustable
    if _days(low) > _days(high):
        yield Remark(("adjustable",), "bad-bounds", "the first bound is the longer one", "write the shorter one first")
    elif not within(step.offset, step.adjustable):
        yield Remark(("adjustable",), "bad-bounds", f"the bounds do not hold {step.offset_text}", "widen them")
    if low.is_dated != step.offset.is_dated or high.is_dated != step.offset.is_dated:
        yield Remark(("adjustable",), "bad-bounds", "mixes days and minutes", "use one kind of offset")


_CHECKS: tuple[Callable[[CareProtocol, Step], Iterator[Remark]], ...] = (
    _check_conditions,
    _check_distance,
    _check_hour,
    _check_late,
    _check_valid,
    _check_bounds,
)
