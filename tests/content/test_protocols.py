"""Protocol files: what is read, what is refused and how each fault is told."""

import json
from pathlib import Path

import pytest

from followup.content.documents import MAX_BYTES
from followup.content.protocols import load_protocols, read_folder, read_source
from followup.domain.errors import ConfigFault, NotFound
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.protocol import Condition, LatePolicy
from tests.builders import ROOT

SMALL = """\
key: small
title: {en-CA: Small}
treatment_codes: [small]
review: {source: a, reviewer: b, reviewed_on: 2026-01-31, note: c}
steps:
  - key: day-1
    anchor: treatment
    offset: P1D
    at: 10:00
    class: care
    channels: sms
    template: small/day-1
"""


def findings_of(folder: Path, text: str, name: str = "small.yaml") -> list[str]:
    (folder / name).write_text(text)
    return [str(f).removeprefix(f"{folder}/") for f in read_folder(folder)[1]]


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_shipped_skinpen_protocol_has_no_findings():
    written, findings = read_folder(ROOT / "config")
    assert findings == []
    steps = written[0].protocol.steps
    assert [s.key for s in steps] == [
        *("day-0", "day-1", "day-3", "day-7", "week-2", "next-session", "next-session-again"),
        *("month-3", "month-6", "maintenance"),
    ]


def test_shipped_maintenance_waits_for_a_closed_series():
    step = load_protocols(ROOT / "config").need("skinpen-microneedling").step("maintenance")
    assert step.message_class is MessageClass.PROMO
    assert step.only_if == {Condition.SERIES_CLOSED}
    assert step.unless == {Condition.FUTURE_BOOKING}
    assert step.adjustable == (Offset(months=6), Offset(months=12))


def test_left_out_keys_have_their_defaults(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL)
    step = load_protocols(tmp_path).need("small").step("day-1")
    assert (step.late, step.max_late, step.valid_for) == (LatePolicy.NEXT_WINDOW, Offset(days=1), Offset(days=2))


def test_version_ignores_layout_comments_and_defaults(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL)
    before = load_protocols(tmp_path).need("small").version
    (tmp_path / "small.yaml").write_text("# a remark\n" + SMALL.replace("10:00", '"10:00"') + "    valid_for: P2D\n")
    assert load_protocols(tmp_path).need("small").version == before
    (tmp_path / "small.yaml").write_text(SMALL.replace("10:00", "10:30"))
    assert load_protocols(tmp_path).need("small").version != before


def test_kept_source_reads_back_as_the_same_protocol():
    protocols = load_protocols(ROOT / "config")
    protocol = protocols.need("skinpen-microneedling")
    assert read_source(protocols.source_of(protocol.version)) == protocol
    assert len(protocol.version) == 16


def test_older_version_is_known_once_adopted():
    protocols = load_protocols(ROOT / "config")
    source = json.loads(protocols.source_of(protocols.need("skinpen-microneedling").version))
    older = protocols.adopt(json.dumps({**source, "horizon": "P14M"}))
    assert protocols.find("skinpen-microneedling", older.version) == older
    assert protocols.find("another", older.version) is None


def test_treatment_code_finds_its_protocols_in_order(tmp_path):
    (tmp_path / "a-first.yaml").write_text(SMALL.replace("key: small", "key: a-first"))
    (tmp_path / "small.yaml").write_text(SMALL)
    protocols = load_protocols(tmp_path)
    assert [p.key for p in protocols.for_code("small")] == ["a-first", "small"]
    assert protocols.for_code("unknown") == ()


def test_unknown_protocol_key_is_not_found():
    with pytest.raises(NotFound, match="no protocol 'peel'"):
        load_protocols(ROOT / "config").need("peel")


def test_broken_file_is_refused_with_file_and_line(tmp_path):
    (tmp_path / "small.yaml").write_text(changed("offset: P1D", "ofset: P1D"))
    with pytest.raises(ConfigFault) as caught:
        load_protocols(tmp_path)
    assert f"{tmp_path}/small.yaml:8: unknown-key: unknown key 'ofset' (did you mean 'offset'?)" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("offset: P1D", "offset: 1 day", "small.yaml:8: bad-offset: '1 day' is no duration (write PT90M"),
        ("class: care", "class: caer", "small.yaml:10: unknown-class: unknown class 'caer' (did you mean 'care'?)"),
        (
            "channels: sms",
            "channels: [sms, fax]",
            "small.yaml:11: unknown-channels: unknown channels 'fax' (one of: sms",
        ),
        ("channels: sms", "channels: [sms, sms]", "small.yaml:11: repeated: "),
        ("channels: sms", "channels: []", "small.yaml:11: bad-channels: "),
        ("anchor: treatment", "anchor: treatmnt", "small.yaml:7: unknown-anchor: unknown anchor 'treatmnt' (did you"),
        ("at: 10:00", "at: 25:00", "small.yaml:9: bad-time: '25:00' is no time of day (write 08:00"),
        (
            "at: 10:00",
            "at: 10:00\n    unless: booked",
            "small.yaml:10: unknown-unless: unknown unless 'booked' (one of:",
        ),
        (
            "at: 10:00",
            "at: 10:00\n    late: skipp",
            "small.yaml:10: unknown-late: unknown late 'skipp' (did you mean 'skip'",
        ),
        (
            "at: 10:00",
            "at: 10:00\n    weekdays: [mo]",
            "small.yaml:10: unknown-day: unknown day 'mo' (did you mean 'mon'?)",
        ),
        ("at: 10:00", "at: 10:00\n    at: 11:00", "small.yaml:10: duplicate-key: 'at' is set twice (line 9 sets it"),
        ("    template: small/day-1\n", "", "small.yaml:6: missing-key: 'template' is missing (add `template: …`)"),
        ("template: small/day-1", "template: day-1", "small.yaml:12: bad-word: 'day-1' cannot stand here (write <prot"),
        ("key: small", "key: Small", "small.yaml:1: bad-word: 'Small' cannot stand here (small letters, digits and"),
        (
            "key: small",
            "key: other",
            "small.yaml:1: file-name: small.yaml holds protocol 'other' (rename it to other.y",
        ),
        (
            "{en-CA: Small}",
            "{english: Small}",
            "small.yaml:2: bad-word: 'english' cannot stand here (write en-CA or fr",
        ),
        ("2026-01-31", "2026-31-01", "small.yaml:4: bad-reviewed-on: reviewed_on: input should be a valid date"),
        ("review: {", "reviews: {", "small.yaml:4: unknown-key: unknown key 'reviews' (did you mean 'review'?)"),
        ("steps:", "steps: 5\nx:", "small.yaml:5: bad-steps: steps: input should be a valid list (write a list: [one"),
        ("title: {en-CA", "title: &t {en-CA", None),
        ("treatment_codes: [small]", "treatment_codes: &c [small]\nseries: *c", "alias: aliases (*name) are not read"),
        ("title: {", "title: !!python/object:os.system {", None),
        ("title: {", "title: [", "yaml: "),
        ("key: small", "\tkey: small", "yaml: "),
    ],
)
def test_each_fault_names_line_rule_and_cure(tmp_path, old, new, told):
    found = findings_of(tmp_path, changed(old, new))
    assert (found == []) if told is None else any(told in line for line in found), found


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "not-a-mapping"),
        (b"- a\n- b\n", "not-a-mapping"),
        (b"key: \xff\n", "encoding"),
        (b"key: \x00\n", "yaml"),
        (b"a: " + b"[" * 5000, "too-deep"),
        (b"a: " + b"[" * 20 + b"]" * 20, "too-deep"),
        (b"#" * (MAX_BYTES + 1), "too-large"),
        (b"? [a, b]\n: c\n", "key"),
        (b"a: 1\n---\nb: 2\n", "yaml"),
    ],
)
def test_hostile_files_are_refused_without_harm(tmp_path, content, rule):
    (tmp_path / "small.yaml").write_bytes(content)
    _, findings = read_folder(tmp_path)
    assert rule in {f.rule for f in findings}


def test_expanding_aliases_cost_no_time(tmp_path):
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))
    found = findings_of(tmp_path, f"a0: &a0 [x]\n{levels}\n")
    assert any("alias" in line for line in found)


def test_missing_folder_is_named_with_its_cure(tmp_path):
    with pytest.raises(ConfigFault, match="no-folder: is no folder"):
        load_protocols(tmp_path / "nowhere")
