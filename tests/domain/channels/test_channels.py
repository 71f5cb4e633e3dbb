"""The list of media, found by the folder, and what each asks of a template."""

import importlib
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain import channels
from followup.domain.channels import ChannelRules, email
from followup.domain.message import Channel


def rules_of(name: str) -> ChannelRules:
    rules: ChannelRules = importlib.import_module(f"followup.domain.channels.{name}").RULES
    return rules


def test_every_channel_has_one_file_with_rules() -> None:
    names = [module.name for module in pkgutil.iter_modules(channels.__path__)]
    assert sorted(names) == sorted(channel.value for channel in Channel)
    assert [rules_of(name).channel for name in names] == [Channel(name) for name in names]


@pytest.mark.parametrize(
    "subject", ["Hi\r\nBcc: x@example.com", "Hi\nBcc: x@example.com", "Hi\u2028Bcc: x@example.com", "Hi\x00Bcc: x"]
)
def test_a_header_value_is_one_line(subject: str) -> None:
    assert email.header(subject).startswith("Hi Bcc: x")


@given(st.text())
def test_no_text_breaks_a_header(text: str) -> None:
    assert len(email.header(text).splitlines()) <= 1
