"""The stand-ins of `followup.sandbox.fakes`, under the name tests know."""

from followup.sandbox.fakes import (
    START,
    FakeClock,
    FakeIds,
    FakeOutlet,
    FakeProvider,
    InlineJobs,
    InlineNetwork,
    Swallowed,
    inbound_request,
    receipt_request,
)

__all__ = [
    "START",
    "FakeClock",
    "FakeIds",
    "FakeOutlet",
    "FakeProvider",
    "InlineJobs",
    "InlineNetwork",
    "Swallowed",
    "inbound_request",
    "receipt_request",
]
