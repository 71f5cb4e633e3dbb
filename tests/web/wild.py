"""Inbound texts that no phone would send, signed rightly or not, and what may come of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from followup.storage.tables import inbound
from tests.builders import PHONE
from tests.web.site import Site

PATH = "/hooks/twilio/inbound"
_WORDS = (
    "C",
    "R",
    "X",
    "1",
    "2",
    "STOP",
    "ARRET",
    "START",
    "YES",
    "my face is swollen",
    "{{7*7}}",
    "'; DROP TABLE--",
    "",
)
_TEXTS = st.one_of(
    st.sampled_from(_WORDS),
    st.text(max_size=300),
    st.sampled_from(_WORDS).flatmap(lambda word: st.text(max_size=40).map(lambda more: f"{word} {more}")),
    st.integers(1, 40).map(lambda n: "é\x00👍 " * n * 25),
)
_NUMBERS = st.one_of(
    st.sampled_from([PHONE, "+14165550100", "12345", "", "anonymous", "+1" * 50]),
    st.from_regex(r"\+1[2-9]\d{2}[2-9]\d{6}", fullmatch=True),
    st.text(max_size=20),
)
_SIDS = st.from_regex(r"SM[0-9a-f]{32}", fullmatch=True)
_FIELDS = st.fixed_dictionaries(
    {"MessageSid": st.one_of(_SIDS, _SIDS, _SIDS, st.text(max_size=40)), "From": _NUMBERS},
    optional={
        "To": _NUMBERS,
        "Body": _TEXTS,
        "NumMedia": st.one_of(st.sampled_from(["0", "1", "10", "-1", "x", "9" * 30]), st.text(max_size=5)),
        "OptOutType": st.sampled_from(["STOP", "START", "HELP", "", "x"]),
        "MessagingServiceSid": st.text(max_size=40),
        "MediaUrl0": st.text(max_size=60),
    },
)


@dataclass(frozen=True)
class Wild:
    """A call of the inbound door; `forged` has a signature that is not the carrier's."""

    form: dict[str, str]
    forged: bool


CALLS = st.builds(Wild, form=_FIELDS, forged=st.sampled_from([False, False, False, True]))


@dataclass
class Tally:
    """What came of many calls."""

    token: str
    calls: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)  # ids of what was rightly signed and had a sender
    faults: list[str] = field(default_factory=list)

    def call(self, site: Site, wild: Wild) -> None:
        """Make one call and look at its answer."""
        token = "0" * 32 if wild.forged else self.token
        body = urlencode(wild.form)
        signature = RequestValidator(token).compute_signature(f"https://followup.example{PATH}", wild.form)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        status = site.http.post(PATH, content=body, headers=headers).status_code
        self.calls += 1
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status >= 500 or (wild.forged and status != 403) or (not wild.forged and status == 403):
            self.faults.append(f"{status}: {sorted(wild.form)}, forged {wild.forged}")
        if status == 200:
            self.told.add(wild.form["MessageSid"].replace("\x00", ""))

    def lost(self, rows: Sequence[Any]) -> set[str]:
        """What was answered 200 and is not stored."""
        return self.told - {row.provider_ref for row in rows}


def stored(site: Site) -> list[Any]:
    """Every inbound message in the rows."""
    with site.ctx.db.reading() as conn:
        return list(conn.execute(sa.select(inbound)))
