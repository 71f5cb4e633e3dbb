"""F3: whatever order events come in, doubled or together, the same schedule stands at the end."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.domain.event import ClinicEvent, EventType
from followup.services.context import Context
from followup.storage import bookings, consents, patients, treatments
from followup.storage.tables import metadata
from tests.builders import CLINIC, make_ctx
from tests.services.telling import MONDAY, E, Story, booked, person, protocols_of, treated, write_protocol
from tests.support.databases import open_quick

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
    opened = open_quick("sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))
    with opened.transaction() as conn:
        metadata.create_all(conn)
    yield World(make_ctx(opened, protocols=protocols_of(tmp_path)))
    opened.close()


days = st.integers(-200, 60).map(lambda n: MONDAY + timedelta(hours=7 * n))
who = st.sampled_from([*[person("P-1")] * 4, person("P-2"), {"id": "P-1"}, {"id": "P-2"}])
things = st.sampled_from(["1", "2", "3"])
zones = st.sampled_from(["America/Toronto", "America/Vancouver", "America/St_Johns", ""])
sessions = st.sampled_from([{}, {}, {"session": 1, "of": 3}, {"session": 3, "of": 3}, {"series_id": "S"}])


def _told(kinds: Sequence[EventType], *parts: Any, data: Callable[..., Any]) -> Any:
    return st.tuples(st.sampled_from(list(kinds)), st.builds(data, *parts))


def _consent(patient: Any, day: Any) -> dict[str, Any]:
    given = {"class": "promo", "channel": "sms", "kind": "express", "recorded_at": day.isoformat(), "evidence": "form"}
    return {"patient": patient, "consent": given}


def _tellings(code: str) -> Any:
    codes = st.sampled_from([code, code, code, "merge", "unknown"])
    done = _told(
        [E.TREATMENT_COMPLETED, E.TREATMENT_CORRECTED],
        things,
        days,
        who,
        codes,
        sessions,
        data=lambda n, d, p, c, more: treated(d, f"T-{n}", patient=p, code=c, **more),
    )
    visit = _told(
        [E.BOOKING_MADE, E.BOOKING_OFFERED],
        things,
        days,
        who,
        codes,
        data=lambda n, d, p, c: booked(d, f"B-{n}", patient=p, code=c),
    )
    return st.one_of(
        done,
        done,
        done,
        visit,
        _told([E.TREATMENT_VOIDED], things, data=lambda n: {"treatment": {"id": f"T-{n}"}}),
        _told(
            [E.BOOKING_MOVED], things, days, data=lambda n, d: {"booking": {"id": f"B-{n}", "starts_at": d.isoformat()}}
        ),
        _told([E.BOOKING_CANCELLED, E.BOOKING_ATTENDED], things, data=lambda n: {"booking": {"id": f"B-{n}"}}),
        _told([E.PATIENT_UPDATED], who, zones, data=lambda p, z: {"patient": {**p, "time_zone": z}}),
        _told([E.PATIENT_UPDATED], who, data=lambda p: {"patient": {**p, "status": "active"}}),
        _told([E.PATIENT_DECEASED, E.PATIENT_ARCHIVED], who, data=lambda p: {"patient": p}),
        _told([E.PATIENT_MERGED], st.permutations(PEOPLE), data=lambda p: {"patient": {"id": p[0]}, "into": p[1]}),
        _told([E.CONSENT_RECORDED, E.CONSENT_WITHDRAWN], who, days, data=_consent),
    )


def _stories(code: str) -> Any:
    history = st.integers(0, 9).map(lambda n: n == 0)
    return st.lists(st.tuples(_tellings(code), days, history), min_size=2, max_size=8)


stories = st.sampled_from([c.replace("_", "-") for c in CODES]).flatmap(_stories)


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
