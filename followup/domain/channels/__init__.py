"""One medium a file: limits, encoding, what a message must have."""

from dataclasses import dataclass, field

from followup.domain.message import Channel, MessageClass


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """What one medium asks of a template; `must_have` names placeholders, from which `exempt` classes are free."""

    channel: Channel
    parts: tuple[str, ...]
    must_have: frozenset[str] = field(default_factory=frozenset)
    exempt: frozenset[MessageClass] = field(default_factory=frozenset)
    hard_limit: int | None = None  # characters that the provider takes at most
