"""The file format: front matter, parts, and where a fault stands."""

import pytest

from followup.content.front_matter import SourceFault, read_source
from followup.domain.clinic import DetailLevel
from followup.domain.message import MessageClass

GOOD = "---\nclass: care\nsms_detail: none\n---\n\n--- sms ---\nhello\n--- body ---\none\n\n---\n\ntwo\n"


def test_a_file_is_cut_into_parts_with_their_lines() -> None:
    source = read_source(GOOD)
    assert (source.message_class, source.sms_detail) == (MessageClass.CARE, DetailLevel.NONE)
    assert {name: part.line for name, part in source.parts.items()} == {"sms": 7, "body": 9}
    assert source.parts["sms"].text == "hello"


def test_a_lone_rule_in_a_body_is_markdown() -> None:
    assert read_source(GOOD).parts["body"].text.split() == ["one", "---", "two"]


def test_windows_line_ends_make_the_same_parts() -> None:
    assert read_source(GOOD.replace("\n", "\r\n")) == read_source(GOOD)


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("", 1, "front-matter"),
        ("hello", 1, "front-matter"),
        ("---\nclass: care\n", 1, "front-matter"),
        ("---\nclass: [\n---\n", 2, "front-matter"),
        ("---\n- care\n---\n", 2, "front-matter"),
        ("---\nclass: care\npriority: 1\n---\n", 2, "front-matter"),
        ("---\nintent: x\n---\n", 1, "missing-class"),
        ("---\nclass: advert\n---\n", 2, "unknown-class"),
        ("---\nclass: care\nsms_detail: all\n---\n", 2, "unknown-sms_detail"),
        ("---\nclass: care\nsms_segments: few\n---\n", 2, "unknown-sms_segments"),
        ("---\nclass: care\n---\nstray\n--- sms ---\nx\n", 4, "part"),
        ("---\nclass: care\n---\n--- sms ---\nx\n--- text ---\ny\n", 6, "part"),
        ("---\nclass: care\n---\n--- sms ---\nx\n--- sms ---\ny\n", 6, "part"),
        ("---\nclass: care\n---\n--- sms ---\ncaf\udce9\n", 5, "encoding"),
    ],
)
def test_a_fault_names_its_line_and_rule(text: str, line: int, rule: str) -> None:
    with pytest.raises(SourceFault) as fault:
        read_source(text)
    assert (fault.value.line, fault.value.rule) == (line, rule)
