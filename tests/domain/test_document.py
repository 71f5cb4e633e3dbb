"""JSON from outside: read strictly, checked for what no database keeps, equal when it says the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.document import MAX_DEPTH, canonical, digest, read_json, unstorable
from followup.domain.errors import InvalidInput

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


@pytest.mark.parametrize(("data", "word"), [
    (b"{", "JSON"), (b"", "JSON"), (b"\xff", "UTF-8"), (b'"\xed\xa0\x80"', "UTF-8"), (b"NaN", "NaN"),
    (b"-Infinity", "NaN"),
    (b'{"a": 1, "a": 2}', "twice"), (b"[" * 100_000, "nested"), (b"1" * 5000, "number"), (b"{} x", "line 1, column 4"),
])  # fmt: skip
def test_what_parsers_read_differently_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        read_json(data)


def test_a_refusal_does_not_quote_the_text() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_json(b'{"name": "Ana", "name": Silva}')
    assert "Silva" not in str(refused.value)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_json("\ufeff[1]".encode()) == [1]


@pytest.mark.parametrize(("value", "pointer"), [
    ("a\x00", ""), ({"a": ["b", "\ud800"]}, "/a/1"), ({"a/b": {"~": "\x00"}}, "/a~1b/~0"), ({"\x00": 1}, ""),
    ({"x": float("inf")}, "/x"), ([float("nan")], "/0"),
])  # fmt: skip
def test_what_no_database_keeps_is_pointed_at(value: Any, pointer: str) -> None:
    assert [fault.pointer for fault in unstorable(value)] == [pointer]


def test_nesting_has_an_end() -> None:
    value: Any = []
    for _ in range(MAX_DEPTH):
        value = [value]
    assert unstorable(value) == ()
    assert len(unstorable([value])) == 1


@pytest.mark.parametrize(("one", "other"), [
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}), (1, 1.0), ([1e3], [1000]), (0, -0.0), ({"x": (1,)}, {"x": [1]}), ("é", "é"),
])  # fmt: skip
def test_equal_json_has_equal_bytes(one: Any, other: Any) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"), [(1, "1"), (1, True), ([1, 2], [2, 1]), (None, ""), ({}, []), (1, 1.5), ("e", "é")]
)
def test_other_json_has_other_bytes(one: Any, other: Any) -> None:
    assert digest(one) != digest(other)


@given(value=JSON)
def test_canonical_bytes_read_back_as_the_same(value: Any) -> None:
    if not unstorable(value):
        assert canonical(read_json(canonical(value))) == canonical(value)
