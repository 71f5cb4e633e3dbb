"""A carrier and a mail catcher that really listen."""

from collections.abc import Iterator

import pytest

from followup.sandbox.carrier import Carrier, CarrierOptions
from followup.sandbox.courier import Manners
from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.process import running
from followup.sandbox.vonage import VonageCarrier, VonageOptions


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    """A carrier that is quick with its receipts."""
    with running(Carrier(CarrierOptions(manners=Manners(delay=0)))) as started:
        yield started


@pytest.fixture
def exchange() -> Iterator[VonageCarrier]:
    """A carrier shaped like Vonage that is quick with its receipts."""
    with running(VonageCarrier(VonageOptions(manners=Manners(delay=0)))) as started:
        yield started


@pytest.fixture
def catcher() -> Iterator[MailCatcher]:
    """A mail server that delivers nothing."""
    with running(MailCatcher(MailOptions())) as started:
        yield started
