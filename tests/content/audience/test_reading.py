"""An audience as people write it: what is read, and how a fault is told."""

from pathlib import Path
from typing import Any

import pytest

from followup.content.audience import read_audience, read_audience_file
from followup.domain.audience import AllOf, FutureBooking, Speaks, Treated, When
from followup.domain.errors import ConfigFault, InvalidInput
from followup.domain.offset import Offset

YAML = "treated: {code: peel, within: P6M}\nfuture_booking: {exists: false}\nlanguage: fr\n"
SAME = '{"treated": {"code": ["peel"], "within": "P6M"}, "future_booking": {"exists": false}, "language": ["fr"]}'


@pytest.mark.parametrize(("name", "text"), [("a.yaml", YAML), ("a.json", SAME)])
def test_yaml_and_json_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    audience = read_audience_file(tmp_path / name)
    treated = Treated(("peel",), when=When(within=Offset(months=6)))
    assert audience.root == AllOf((treated, FutureBooking(exists=False), Speaks(("fr",))))
    assert audience.digest == read_audience(audience.source).digest


def deep(levels: int) -> dict[str, Any]:
    """Everybody, not, not, not."""
    return {"not": deep(levels - 1)} if levels else {"everybody": True}


@pytest.mark.parametrize(
    ("definition", "told"),
    [
        ([], "an audience is a mapping"),
        ({}, "/: nothing is asked for (add a clause, or write `everybody: true`)"),
        ({"everybody": False}, "/: `everybody: false` chooses nobody (leave it out)"),
        ({"all": [{"treatd": {}}]}, "/all/0/treatd: unknown key 'treatd' (did you mean 'treated'?)"),
        ({"treated": {"within": "PT5M"}}, "/treated/within: 'PT5M' counts no days or months (write P30D, P12W, P6M"),
        ({"treated": {"within": "P99Y"}}, "/treated/within: 'P99Y' is longer than a life (write P50Y at most)"),
        ({"enrolled": {"from": "2026-02-02", "to": "2026-01-01"}}, "/enrolled: `from` lies after `to`"),
        ({"last_visit": {}}, "/last_visit: the time is missing (add from, to, within or older_than)"),
        ({"consent": {"class": "reply"}}, "/consent/class: reply answers a patient's own message"),
        ({"series": {"state": "opn"}}, "/series/state: unknown state 'opn' (did you mean 'open'?)"),
        ({"patients": ["a", "a"]}, "/patients: a word is listed twice (list each once)"),
        ({"patients": [str(n) for n in range(1001)]}, "/patients: the list is empty, or too long"),
        ({"tags": ["\ud800"]}, "/tags/0: must not hold NUL or half a surrogate pair"),
        (deep(9), "the audience is nested deeper than 8 levels"),
        (deep(300), "nested"),
    ],
)
def test_a_fault_names_place_and_cure(definition: object, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_audience(definition)
    assert told in str(refused.value)


def test_a_fault_in_a_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "spring.yaml"
    path.write_text("language: fr\nany:\n  - tags: vip\n  - lst_visit: {within: P6M}\n")
    with pytest.raises(ConfigFault, match=r"spring.yaml:4: unknown-key: .*did you mean 'last_visit'"):
        read_audience_file(path)
