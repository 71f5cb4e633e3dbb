"""Providers by channel and name: who takes new messages, and who is asked about what they took before."""

from followup.domain.clinic import Clinic
from followup.domain.message import Channel
from followup.ports import Provider
from followup.services.context import Context


def line(ctx: Context, channel: Channel) -> tuple[Provider, ...]:
    """The providers that take new messages of a channel, the first choice first."""
    return (ctx.providers[channel], *ctx.further.get(channel, ()))


def everyone(ctx: Context) -> tuple[Provider, ...]:
    """Every provider there is, also those that take nothing new."""
    return (*(one for channel in ctx.providers for one in line(ctx, channel)), *ctx.retired)


def named(ctx: Context, channel: Channel, name: str | None) -> Provider | None:
    """The provider of that name and channel; without a name the first choice. None if there is no such account now."""
    if not name:
        return ctx.providers[channel]
    return next((one for one in everyone(ctx) if one.name == name and one.channel is channel), None)


def sender_at(ctx: Context, clinic: Clinic, provider: Provider) -> str:
    """From whom a clinic's texts come at a provider: its own number there, else the provider's default."""
    if provider.channel is not Channel.SMS:
        return ""
    first = provider is ctx.providers[Channel.SMS]
    return clinic.senders.get(provider.name) or (clinic.sender if first else "") or provider.sender


def senders_of(clinic: Clinic) -> frozenset[str]:
    """Every number that belongs to a clinic."""
    return frozenset({clinic.sender, *clinic.senders.values()} - {""})
