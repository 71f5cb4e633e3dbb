"""The bounce door: who knows the secret posts mail as it came or in a form, and no mail is an error."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.domain.message import Channel
from followup.storage.tables import addresses, inbound, messages, receipts, returns, suppressions
from followup.web.bounces import MOST
from tests.builders import EMAIL, make_ctx
from tests.mails import corpus, letter
from tests.services.seeds import run, seed, state
from tests.support.databases import copy_sqlite, open_quick
from tests.web.site import Site, problem, serving

SECRET = "a-long-bounce-secret"
BEARER = {"Authorization": f"Bearer {SECRET}"}
DOOR = "/hooks/email/bounce"
BOUNCE = corpus("postfix-unknown-user")
TYPED = BEARER | {"Content-Type": "message/rfc822"}


@pytest.fixture(scope="module")
def _posted(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = open_quick(copy_sqlite(sqlite_template, tmp_path_factory.mktemp("bounces")))
    with serving(make_ctx(database, environ={"FOLLOWUP_BOUNCE_SECRET": SECRET})) as site:
        seed(site.ctx, channels=(Channel.EMAIL, Channel.SMS))
        run(site.ctx)
        yield site
    database.close()


@pytest.fixture
def posted(_posted: Site) -> Site:
    """The door with one message sent by e-mail, and nothing that came back."""
    with _posted.ctx.db.transaction() as conn:
        for table in (returns, suppressions, inbound, receipts):
            conn.execute(table.delete())
        conn.execute(addresses.update().values(flag=None))
        conn.execute(messages.update().where(messages.c.id == "msg_1").values(state="sent", reason=None))
    return _posted


def kept(site: Site) -> list[tuple[str, str | None]]:
    """(kind, message) of all that was stored."""
    with site.ctx.db.reading() as conn:
        return [tuple(row) for row in conn.execute(sa.select(returns.c.kind, returns.c.message_id))]  # type: ignore[misc]


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"any:{password}".encode()).decode()}


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"X-Followup-Signature": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


@pytest.mark.parametrize("headers", [BEARER, basic(SECRET), signed(BOUNCE)])
def test_a_bounce_acts_before_the_answer(posted: Site, headers: dict[str, str]) -> None:
    answer = posted.http.post(DOOR, content=BOUNCE, headers={"Content-Type": "message/rfc822", **headers})
    assert (answer.status_code, answer.json()["status"], answer.json()["kind"]) == (200, "accepted", "bounce")
    with posted.ctx.db.reading() as conn:
        assert conn.execute(sa.select(suppressions.c.address, suppressions.c.reason)).all() == [(EMAIL, "hard_bounce")]
    assert state(posted.ctx) == "undelivered"


def test_the_same_mail_again_is_a_duplicate(posted: Site) -> None:
    told = [posted.http.post(DOOR, content=BOUNCE, headers=TYPED).json() for _ in range(3)]
    assert [one["status"] for one in told] == ["accepted", "duplicate", "duplicate"]
    assert len({one["id"] for one in told}) == 1


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, "missing-credentials"),
        ({"Authorization": "Bearer wrong-secret-wrong"}, "wrong-secret"),
        ({"Authorization": "Bearer"}, "wrong-secret"),
        ({"Authorization": "Token x"}, "missing-credentials"),
        (basic("wrong"), "wrong-secret"),
        ({"Authorization": "Basic %%%"}, "wrong-secret"),
        (signed(BOUNCE, "another"), "wrong-signature"),
        (signed(b"other bytes"), "wrong-signature"),
        ({"X-Followup-Signature": "sha256="} | BEARER, "wrong-signature"),
    ],
)
def test_who_does_not_know_the_secret_changes_nothing(posted: Site, headers: dict[str, str], kind: str) -> None:
    answer = posted.http.post(DOOR, content=BOUNCE, headers=headers)
    assert problem(answer) == (401, kind)
    assert kept(posted) == []


def test_without_a_secret_the_door_is_shut(site: Site) -> None:
    assert problem(site.http.post(DOOR, content=BOUNCE, headers=TYPED)) == (403, "forbidden")


@pytest.mark.parametrize("field", ["message", "email", "body-mime", "raw"])
def test_providers_post_the_mail_in_a_field(posted: Site, field: str) -> None:
    form = {field: BOUNCE.decode(), "recipient": "b@bounces.clinic.example"}
    for answer in (
        posted.http.post(DOOR, data=form, headers=BEARER),
        posted.http.post(DOOR, files={name: (None, value) for name, value in form.items()}, headers=BEARER),
    ):
        assert answer.status_code == 200
    assert kept(posted) == [("bounce", "msg_1")]


def test_providers_post_the_mail_as_a_file(posted: Site) -> None:
    files = {"attachment-1": ("mail.eml", BOUNCE, "message/rfc822")}
    assert posted.http.post(DOOR, files=files, headers=BEARER).json()["kind"] == "bounce"
    assert posted.http.post(DOOR, content=BOUNCE, headers=TYPED).json()["status"] == "duplicate"


@pytest.mark.parametrize("way", ["recipient", "envelope", "query", "plain query"])
def test_the_envelope_s_recipient_names_the_message(posted: Site, way: str) -> None:
    path = corpus("vacation-old-precedence").split(b"To: ")[1].split(b"\n")[0].decode()
    raw = corpus("relay-without-return-path").replace(b"Message-ID: <", b"X-Id: <")
    given = {"recipient": path} if way == "recipient" else {"envelope": json.dumps({"to": [path]})}
    form = {"message": raw.decode()} | ({} if "query" in way else given)
    query = {"query": f"?recipient={quote(path)}", "plain query": f"?recipient={path}"}.get(way, "")
    assert posted.http.post(DOOR + query, data=form, headers=BEARER).status_code == 200
    assert kept(posted) == [("bounce", "msg_1")]


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=z", b"garbage", 400),
        ("multipart/form-data; boundary=z", b"--z--\r\n", 400),
        ("application/x-www-form-urlencoded", b"a=b", 400),
        ("application/x-www-form-urlencoded", b"&a=b" * 2000, 400),
        ("message/rfc822", b"x" * (MOST + 1), 413),
    ],
)
def test_what_holds_no_mail_is_the_caller_s_error(posted: Site, media: str, body: bytes, status: int) -> None:
    answer = posted.http.post(DOOR, content=body, headers=BEARER | {"Content-Type": media})
    assert answer.status_code == status
    assert kept(posted) == []


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"not a mail", b"a: b\n\n" + b"\x00" * 100, letter("é" * 1000)])
def test_any_mail_is_taken(posted: Site, raw: bytes) -> None:
    assert posted.http.post(DOOR, content=raw, headers=TYPED).status_code == 200
    assert len(kept(posted)) == 1


MEDIA = st.sampled_from(
    ["message/rfc822", "multipart/form-data; boundary=z", "application/x-www-form-urlencoded", "a/b"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    media=MEDIA,
    body=st.one_of(st.binary(max_size=300), st.binary(max_size=80).map(lambda b: b"--z\r\n" + b + b"\r\n--z--")),
)
def test_no_body_is_a_fault_of_ours(posted: Site, media: str, body: bytes) -> None:
    answer = posted.http.post(DOOR, content=body, headers=BEARER | {"Content-Type": media})
    assert answer.status_code in {200, 400, 415}


def test_the_papers_of_the_door_name_its_forms(posted: Site) -> None:
    described = posted.http.get("/openapi.json").json()["paths"][DOOR]["post"]
    assert set(described["requestBody"]["content"]) == {"message/rfc822", "multipart/form-data"}
    assert set(described["responses"]) >= {"200", "401", "403", "413"}
