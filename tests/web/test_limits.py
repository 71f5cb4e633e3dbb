"""Public pages take so many calls a minute, and say when to come again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from followup.domain.message import Channel
from followup.pacing import LocalLimiter
from followup.services.links import LinkKind
from followup.storage.database import Database
from tests.builders import make_ctx
from tests.fakes import FakeClock
from tests.web.site import Site, serving
from tests.web.test_pages import link


@pytest.fixture
def limited(database: Database, tmp_path: Path) -> Iterator[Site]:
    """Doors with a limiter whose clock the test moves."""
    ops = FakeClock()
    with serving(make_ctx(database, ops=ops, limiter=LocalLimiter(ops))) as running:
        yield running


def statuses(site: Site, path: str, count: int, **form: str) -> list[int]:
    ask = (lambda: site.http.post(path, data=form)) if form else (lambda: site.http.get(path))
    return [ask().status_code for _ in range(count)]


@pytest.mark.parametrize("kind", [LinkKind.UNSUBSCRIBE, LinkKind.PREFERENCES])
def test_one_link_may_be_called_thirty_times(limited: Site, kind: LinkKind) -> None:
    path = link(limited, kind, channel=Channel.EMAIL)
    assert statuses(limited, path, 31) == [200] * 30 + [429]
    answer = limited.http.get(path)
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert "One moment, please" in answer.text


def test_there_is_room_again_after_a_while(limited: Site) -> None:
    path = link(limited, LinkKind.UNSUBSCRIBE, channel=Channel.EMAIL)
    statuses(limited, path, 31)
    assert isinstance(limited.ctx.ops, FakeClock)
    limited.ctx.ops.advance(timedelta(seconds=2))
    assert statuses(limited, path, 2) == [200, 429]


def test_guessing_links_is_answered_429(limited: Site) -> None:
    assert [limited.http.get(f"/p/guess-{n}").status_code for n in range(31)] == [404] * 30 + [429]


def test_a_form_stops_six_addresses_a_minute(limited: Site) -> None:
    answers = [limited.http.post("/c/canstrive", data={"address": f"a{n}@example.com"}) for n in range(7)]
    assert [a.status_code for a in answers] == [200] * 6 + [429]
    assert answers[-1].headers["retry-after"] == "10"
