"""Each enhanced code has its class; what nobody knows suppresses nobody."""

import pytest

from followup.domain.mail.status import TABLE, find, meaning, read_code
from followup.domain.outcome import CodeClass

C = CodeClass


@pytest.mark.parametrize(
    ("code", "kind", "strikes"),
    [
        *((code, C.BAD_NUMBER, 1) for code in ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.1.0")),
        ("5.2.1", C.BAD_NUMBER, 2),
        *((code, C.LATER, 3) for code in ("4.2.2", "5.2.2", "4.2.1", "5.2.0")),
        *((code, C.CONTENT, 0) for code in ("5.2.3", "5.3.4", "5.6.0", "5.7.1", "5.7.0")),
        *((code, C.LATER, 0) for code in ("4.3.2", "4.4.1", "4.4.7", "5.4.4", "5.4.6", "4.7.1", "4.7.0")),
        *((code, C.CONFIG, 0) for code in ("5.5.1", "5.7.26", "4.7.26", "4.7.32", "5.7.20", "5.1.7", "5.1.8")),
        *((code, C.UNKNOWN, 0) for code in ("5.0.0", "5.9.9", "", "250", "5.1", "x")),
    ],
)
def test_every_code_has_its_class_and_strikes(code: str, kind: CodeClass, strikes: int) -> None:
    assert (meaning(code).kind, meaning(code).strikes) == (kind, strikes)
    assert meaning(code).detail.endswith(".")


@pytest.mark.parametrize("code", TABLE)
def test_every_row_can_be_found(code: str) -> None:
    assert find(code if code.count(".") == 2 else f"{code}.99") is not None


@pytest.mark.parametrize(
    ("status", "diagnostic", "code"),
    [
        ("5.1.1", "550 5.7.1 policy", "5.1.1"),
        ("5.0.0", "550 5.1.1 no such user", "5.1.1"),
        ("5.0.0", "550 User unknown", "5.1.1"),
        ("5.0.0", "552 mailbox full", "5.2.2"),
        ("", "452 over quota", "4.2.2"),
        ("", "550 domain not found", "5.1.2"),
        ("", "554 rejected for policy reasons", "5.7.1"),
        ("", "550 fails DMARC", "5.7.26"),
        ("", "connect timed out", "5.4.7"),
        ("5.0.0", "550 something", "5.0.0"),
        ("", "", "5.0.0"),
        ("2.1.5", "550 5.2.1 x", "5.2.1"),
        ("", "host 10.5.1.1 said: no", "5.0.0"),
        ("", "192.0.2.5.1.1", "5.0.0"),
    ],
)
def test_the_most_telling_code_is_taken(status: str, diagnostic: str, code: str) -> None:
    assert read_code(status, diagnostic, permanent=True) == code


def test_a_temporary_failure_without_code_is_temporary() -> None:
    assert read_code("", "nothing said", permanent=False) == "4.0.0"
