"""F3: whatever order events come in, doubled or together, the same schedule stands at the end."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.domain.event import ClinicEvent
from followup.services.context import Context
from followup.storage import bookings, consents, patients, treatments
from followup.storage.database import open_database
from followup.storage.tables import metadata
from tests.builders import CLINIC, make_ctx
from tests.services.telling import MONDAY, E, Story, booked, person, protocols_of, treated, write_protocol

CODES = ("supersede", "keep_both", "restart", "merge")
PEOPLE = ("P-1", "P-2")


class World:
    """Stories side by side in one database."""

    def __init__(self, ctx: Context) -> None:
        self.ctx, self.count = ctx, 0

    def __repr__(self) -> str:
        return "World"

    def tell(self, plot: Any) -> tuple[Story, list[ClinicEvent]]:
        """The same plot as a new story with ids of its own."""
        self.count += 1
        story = Story(self.ctx, mark=f"s{self.count:04d}")
        return story, [story.event(kind, at, data, backfill=old) for (kind, data), at, old in plot]


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """SQLite in memory, for hundreds of stories are told."""
    for code in CODES:
        write_protocol(tmp_path, code.replace("_", "-"), repeat=code)
    opened = open_database("sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))
    with opened.transaction() as conn:
        metadata.create_all(conn)
    yield World(make_ctx(opened, protocols=protocols_of(tmp_path)))
    opened.close()


days = st.integers(-200, 60).map(lambda n: MONDAY + timedelta(hours=7 * n))
who = st.sampled_from([*({"id": p} for p in PEOPLE), *(person(p) for p in PEOPLE)])
things = st.sampled_from(["1", "2", "3"])
codes = st.sampled_from([*(c.replace("_", "-") for c in CODES), "unknown"])
zones = st.sampled_from(["America/Toronto", "America/Vancouver", "America/St_Johns", ""])


def _treatment(number: str, day: Any, patient: Any, code: str, session: int | None) -> dict[str, Any]:
    return treated(day, f"T-{number}", patient=patient, code=code, **({"session": session, "of": 3} if session else {}))


tellings = st.one_of(
    st.tuples(st.sampled_from([E.TREATMENT_COMPLETED, E.TREATMENT_CORRECTED]),
              st.builds(_treatment, things, days, who, codes, st.sampled_from([None, 1, 2, 3]))),
    st.tuples(st.just(E.TREATMENT_VOIDED), things.map(lambda n: {"treatment": {"id": f"T-{n}"}})),
    st.tuples(st.sampled_from([E.BOOKING_MADE, E.BOOKING_OFFERED]),
              st.builds(lambda n, d, p, c: booked(d, f"B-{n}", patient=p, code=c), things, days, who, codes)),
    st.tuples(st.just(E.BOOKING_MOVED),
              st.builds(lambda n, d: {"booking": {"id": f"B-{n}", "starts_at": d.isoformat()}}, things, days)),
    st.tuples(st.sampled_from([E.BOOKING_CANCELLED, E.BOOKING_ATTENDED, E.BOOKING_MISSED]),
              things.map(lambda n: {"booking": {"id": f"B-{n}"}})),
    st.tuples(st.just(E.PATIENT_UPDATED), st.builds(lambda p, z: {"patient": {**p, "time_zone": z}}, who, zones)),
    st.tuples(st.just(E.PATIENT_UPDATED), st.builds(lambda p: {"patient": {**p, "status": "active"}}, who)),
    st.tuples(st.sampled_from([E.PATIENT_DECEASED, E.PATIENT_ARCHIVED]), st.builds(lambda p: {"patient": p}, who)),
    st.tuples(st.just(E.PATIENT_MERGED),
              st.permutations(PEOPLE).map(lambda p: {"patient": {"id": p[0]}, "into": p[1]})),
    st.tuples(st.sampled_from([E.CONSENT_RECORDED, E.CONSENT_WITHDRAWN]), st.builds(
        lambda p, d: {"patient": p, "consent": {"class": "promo", "channel": "sms", "kind": "express",
                                                "recorded_at": d.isoformat(), "evidence": "form"}}, who, days)),
)  # fmt: skip
stories = st.lists(st.tuples(tellings, days, st.integers(0, 9).map(lambda n: n == 0)), min_size=1, max_size=8)


def _end(story: Story) -> dict[str, Any]:
    """All that the events led to, without the ids of the story."""
    cut, ids, schedule = len(story.mark), [story.mark + p for p in PEOPLE], story.schedule(*PEOPLE)
    with story.ctx.db.reading() as conn:
        people = patients.get_many(conn, CLINIC, ids)
        given_up = {p for p in ids if p not in people or people[p].merged_into is not None}
        ledger = consents.of(conn, CLINIC, [p for p in ids if p not in given_up])
        return {
            "schedule": schedule,
            "people": sorted((p.id[cut:], p.status, p.time_zone) for p in people.values()),
            "treatments": _of(treatments.of(conn, CLINIC, ids), lambda t: (t.id[cut:], t.voided, t.performed_at)),
            "bookings": _of(bookings.of(conn, CLINIC, ids), lambda b: (b.id[cut:], b.state, b.starts_at)),
            "consents": {p[cut:]: [replace(c, event_row="") for c in some] for p, some in ledger.items()},
        }


def _of(owned: Mapping[Any, Iterable[Any]], tell: Callable[[Any], Any]) -> list[Any]:
    return sorted(tell(one) for some in owned.values() for one in some)


def _stuck(story: Story, told: Sequence[ClinicEvent]) -> list[tuple[str, str | None]]:
    return [story.state_of(e) for e in told]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plot=stories, order=st.permutations(range(8)), twice=st.lists(st.integers(0, 7), max_size=4))
def test_every_order_ends_in_the_same_schedule(world: World, plot: Any, order: list[int], twice: list[int]) -> None:
    together, told = world.tell(plot)
    together.plan(*told)
    one_by_one, again = world.tell(plot)
    for n in (*order, *twice):
        one_by_one.plan(*again[n : n + 1])
    assert _end(one_by_one) == _end(together)
    for alone, among in zip(_stuck(one_by_one, again), _stuck(together, told), strict=True):
        assert alone in {among, ("planned", None)}
