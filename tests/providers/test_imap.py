"""The mailbox over real IMAP: each mail is handed over, marked once it was taken, and a fault is just an outage."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from followup.domain.errors import SettingError, Unavailable
from followup.providers import imap
from followup.settings import load_settings
from tests.fakes import START
from tests.providers.parts import CERTIFICATE, closed_port, server_tls
from tests.support.imap import PASSWORD, TODAY, ImapServer

SINCE = START - timedelta(days=30)
MAILS = [f"Subject: {number}\r\n\r\nwords {number}\r\n".encode() for number in range(3)]


@pytest.fixture
def server() -> Iterator[ImapServer]:
    """A mailbox with three mails."""
    with ImapServer().running() as started:
        for raw in MAILS:
            started.put(raw)
        yield started


def mailbox(url: str) -> imap.Imap:
    """The mailbox as the settings name it, not patient at all."""
    return imap.build(load_settings({"IMAP_URL": url, "FOLLOWUP_PROVIDER_TIMEOUT": "400ms"}))


def read(server: ImapServer, *, limit: int = 50, taken: int = 99) -> list[bytes]:
    """Read the mailbox, but stop after `taken` mails."""
    found: list[bytes] = []
    with mailbox(server.url()).unread(limit, since=SINCE) as posts:
        for post in posts:
            found.append(post.raw)
            if len(found) == taken:
                break
    return found


def test_each_mail_is_handed_over_once(server: ImapServer) -> None:
    assert read(server) == MAILS
    assert read(server) == []
    assert all(mail.flags == {imap.MARK} for mail in server.mails)


def test_a_crash_leaves_its_mail_unmarked(server: ImapServer) -> None:
    assert read(server, taken=2) == MAILS[:2]
    assert read(server) == MAILS[1:]


def test_a_round_has_its_limit(server: ImapServer) -> None:
    assert [len(read(server, limit=2)) for _ in range(3)] == [2, 1, 0]


def test_people_who_read_along_hide_nothing(server: ImapServer) -> None:
    for mail in server.mails:
        mail.flags.add(r"\Seen")
    assert read(server) == MAILS


def test_a_server_without_keywords_gets_the_plain_mark() -> None:
    with ImapServer(keywords=False).running() as server:
        server.put(MAILS[0])
        assert (read(server), read(server)) == ([MAILS[0]], [])
        assert server.mails[0].flags == {r"\Seen"}


def test_mail_of_long_ago_stays_where_it_is(server: ImapServer) -> None:
    server.put(b"Subject: old\r\n\r\n", arrived=TODAY - timedelta(days=31))
    server.put(b"Subject: eve\r\n\r\n", arrived=date(2026, 1, 31))
    assert read(server) == [*MAILS, b"Subject: eve\r\n\r\n"]


def test_of_a_huge_mail_the_head_is_fetched(server: ImapServer) -> None:
    server.mails[0].raw = b"Subject: huge\r\n\r\n" + b"x" * (2 * imap.MOST)
    assert len(read(server)[0]) == imap.MOST


def test_a_folder_with_a_space_is_opened(server: ImapServer) -> None:
    assert mailbox(server.url(folder="a%20b")).check() == ""


def test_a_password_beyond_ascii_is_carried(server: ImapServer) -> None:
    assert mailbox(server.url(password="p%C3%A9")).check() == ""


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("LOGIN", "refuses the log-in"),
        ("SELECT", "refuses the log-in"),
        ("SEARCH", "refuses the log-in"),
        ("FETCH", "refuses the log-in"),
        ("STORE", "refuses the log-in"),
        ("hang LOGIN", "does not answer in time"),
        ("hang FETCH", "does not answer in time"),
        ("cut SEARCH", "cut the connection"),
        ("cut STORE", "cut the connection"),
    ],
)
def test_every_fault_is_an_outage_in_plain_words(server: ImapServer, fault: str, words: str) -> None:
    server.fault = fault
    with pytest.raises(Unavailable, match=f"the mailbox {words}") as away:
        read(server)
    assert PASSWORD not in str(away.value)
    server.fault = ""
    assert read(server)[-1] == MAILS[-1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "wrong"}, "refuses the log-in"),
        ({"folder": "Elsewhere"}, "refuses the log-in"),
        ({"query": "?tls=starttls"}, "offers no STARTTLS"),
    ],
)
def test_a_wrong_setting_is_named_with_its_cure(server: ImapServer, changes: dict[str, str], words: str) -> None:
    fault = mailbox(server.url(**changes)).check()
    assert words in fault
    assert fault.endswith("check IMAP_URL")


def test_a_server_that_is_away_is_an_outage() -> None:
    url = f"imap://u:{PASSWORD}@127.0.0.1:{closed_port()}/?tls=none"
    assert mailbox(url).check() == "the mailbox cannot be reached (ConnectionRefusedError): check IMAP_URL"


@pytest.mark.parametrize("implicit", [True, False])
def test_a_certificate_that_nobody_vouches_for_is_refused(implicit: bool) -> None:
    with ImapServer(tls=server_tls(), implicit=implicit).running() as server:
        fault = mailbox(server.url("" if implicit else "?tls=starttls")).check()
    assert "cannot be reached by TLS" in fault
    assert not any("LOGIN" in command for command in server.commands)


@pytest.mark.parametrize("implicit", [True, False])
def test_a_trusted_certificate_opens_the_mailbox(implicit: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with ImapServer(tls=server_tls(), implicit=implicit).running() as server:
        server.put(MAILS[0])
        with mailbox(server.url("" if implicit else "?tls=starttls")).unread(5, since=SINCE) as posts:
            assert [post.raw for post in posts] == [MAILS[0]]


def test_without_an_address_there_is_no_mailbox() -> None:
    with pytest.raises(SettingError, match="IMAP_URL"):
        imap.build(load_settings({}))
