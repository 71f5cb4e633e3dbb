"""Offers that nobody answered: to a person, never into silence."""

import pytest

from followup.domain.booking import BookingState
from followup.services.bookings import overdue
from followup.services.quiesce import in_hand, next_due
from tests.services.bookings.visiting import DAY, HOUR, Desk, E
from tests.services.telling import booked

B = BookingState


def limited(desk: Desk) -> None:
    """An offer that waits two days for its answer."""
    desk.offer(answer_by=(desk.ctx.clock.now() + 2 * DAY).isoformat())


def test_an_offer_without_answer_goes_to_staff(each_desk: Desk) -> None:
    limited(each_desk)
    assert overdue.expire(each_desk.ctx) == 0
    assert next_due(each_desk.ctx) == each_desk.ctx.clock.now() + 2 * DAY
    each_desk.wait(2 * DAY)
    assert in_hand(each_desk.ctx).unanswered == 1
    assert [overdue.expire(each_desk.ctx) for _ in range(2)] == [1, 0]
    assert (each_desk.booking().state, each_desk.told_staff()) == (B.EXPIRED, [("booking", "B-1")])


def test_without_a_limit_the_visit_is_one(desk: Desk) -> None:
    desk.offer()
    desk.wait(10 * DAY)
    assert (overdue.expire(desk.ctx), desk.booking().state) == (1, B.EXPIRED)


def test_an_answer_after_the_limit_sets_nothing(desk: Desk) -> None:
    limited(desk)
    desk.wait(2 * DAY)
    desk.write("C")  # before the tick saw it
    assert desk.booking().state is B.OFFERED
    overdue.expire(desk.ctx)
    desk.write("C")
    assert "nothing was set" in desk.last().text
    assert desk.booking().state is B.EXPIRED


def test_an_answered_offer_never_expires(desk: Desk) -> None:
    limited(desk)
    desk.write("C")
    desk.wait(3 * DAY)
    assert (overdue.expire(desk.ctx), desk.booking().state) == (0, B.BOOKED)


@pytest.mark.parametrize("later", [3, 4])
def test_a_new_limit_opens_the_offer_again(desk: Desk, later: int) -> None:
    limited(desk)
    desk.wait(2 * DAY)
    overdue.expire(desk.ctx)
    desk.wait(HOUR)
    desk.offer(answer_by=(desk.ctx.clock.now() + later * DAY).isoformat())
    assert [step for step, _ in desk.steps()] == ["offer", "offer"]
    assert desk.told_staff() == []
    desk.write("C")
    assert desk.booking().state is B.BOOKED


def test_a_booked_visit_is_never_overdue(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.wait(20 * DAY)
    assert overdue.expire(desk.ctx) == 0
