"""Context: everything a use case may ask of the world, picked once by `app`."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from followup.content.clinics import Clinics
from followup.content.protocols import Protocols
from followup.content.templates import Templates
from followup.domain.message import Channel
from followup.pacing import Unlimited, Unpaced
from followup.ports import Clock, Ids, Jobs, Limiter, Mailbox, Network, Outlet, Pacer, Provider
from followup.services.links import Signer
from followup.services.slots import Slots
from followup.settings import Settings
from followup.storage.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every use case. `clock` is patients' time and may be moved; `ops` is real time and may not.

    `providers` are the first choice by channel; services/routing knows the others.
    """

    settings: Settings
    db: Database
    clock: Clock
    ops: Clock
    ids: Ids
    rng: random.Random
    clinics: Clinics
    protocols: Protocols
    templates: Templates
    providers: Mapping[Channel, Provider]
    jobs: Jobs
    network: Network
    signer: Signer
    slots: Slots = field(default_factory=Slots)
    pacer: Pacer = field(default_factory=Unpaced)
    further: Mapping[Channel, tuple[Provider, ...]] = field(default_factory=dict)  # behind the first, in order
    retired: tuple[Provider, ...] = ()  # take nothing new; their receipts, replies and look-ups still count
    limiter: Limiter = field(default_factory=Unlimited)
    outlet: Outlet | None = None  # to clinics' systems
    mailbox: Mailbox | None = None  # bounces and replies, where IMAP_URL is set
