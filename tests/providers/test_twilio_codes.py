"""Every Twilio code has a class, a sentence and a reach."""

from datetime import timedelta

import pytest

from followup.domain.outcome import CodeClass, Scope
from followup.providers.twilio_codes import CODES, classify, of_refusal

CLASSES = {
    CodeClass.DOUBT: "20500 20503",
    CodeClass.RETRY: "20429",
    CodeClass.WARNING: "30025 30026",
    CodeClass.SUPPRESS: "21610",
    CodeClass.BAD_NUMBER: "21211 21214 21217 21266 21612 21614 21635 30005 30006",
    CodeClass.CONTENT: (
        "20422 21602 21619 21603 21604 21617 21618 21620 21623 21654 21655 21656 21658 30007 30011 30016 30019"
    ),
    CodeClass.CONFIG: (
        "20003 20404 14107 21212 21601 21606 21659 21660 21219 21608 21408 21609 21701 21703 21704 21705 30002 30010 "
        "30012 30013 30018 30024 30032 30033 30034 30035 35111 35114 35115 35117 35118 35125 35126 11200 11205 11243 "
        "11750 12100 12200 12300"
    ),
    CodeClass.LATER: (
        "21611 30001 30003 30004 30008 30017 30020 30021 30022 30023 30027 30036 30410 30450 60728 63017 63018 63038"
    ),
}
EXPECTED = {code: kind for kind, codes in CLASSES.items() for code in codes.split()}


@pytest.mark.parametrize(("code", "kind"), EXPECTED.items())
def test_every_code_has_its_class_and_sentence(code: str, kind: CodeClass) -> None:
    entry = classify(code)
    assert (entry.code, entry.kind) == (code, kind)
    assert entry.detail.endswith(".")
    assert entry.detail[0].isupper()


def test_the_table_holds_these_codes_alone() -> None:
    assert set(CODES) == set(EXPECTED)


@pytest.mark.parametrize(
    ("code", "hours"),
    [("30003", [1, 12]), ("30004", []), ("30008", [1]), ("30450", [0.75]), ("30023", [24]), ("21611", [0.5, 1])],
)
def test_later_codes_say_when_to_try_again(code: str, hours: list[float]) -> None:
    assert classify(code).delays == tuple(timedelta(hours=each) for each in hours)


def test_only_later_codes_carry_a_delay() -> None:
    assert {entry.kind for entry in CODES.values() if entry.delays} == {CodeClass.LATER}


@pytest.mark.parametrize(
    ("code", "scope"),
    [("20003", Scope.ACCOUNT), ("63038", Scope.ACCOUNT), ("21606", Scope.SENDER), ("21408", Scope.REGION),
     ("21211", Scope.MESSAGE)],
)  # fmt: skip
def test_a_code_says_how_far_it_reaches(code: str, scope: Scope) -> None:
    assert classify(code).scope is scope


@pytest.mark.parametrize("code", ["", "1", "99999", "http-418"])
def test_an_unknown_code_is_never_guessed(code: str) -> None:
    assert classify(code).kind is CodeClass.UNKNOWN


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(401, "20005", CodeClass.CONFIG), (429, "88888", CodeClass.RETRY), (404, "88888", CodeClass.UNKNOWN),
     (403, "88888", CodeClass.UNKNOWN), (404, "", CodeClass.CONFIG), (422, "", CodeClass.CONTENT),
     (418, "", CodeClass.UNKNOWN)],
)  # fmt: skip
def test_the_status_decides_where_the_code_cannot(status: int, code: str, kind: CodeClass) -> None:
    assert of_refusal(status, code).kind is kind
