"""Reply: a stored and understood text, as those get it who act on one intent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.intents import Understood
from followup.domain.patient import Patient
from followup.services.context import Context
from followup.storage.inbound import Inbound


@dataclass(frozen=True, slots=True)
class Reply:
    """What a patient answered; `people` are all who share the address, `language` is `en` or `fr`."""

    row: Inbound
    clinic: Clinic
    people: Sequence[Patient]
    understood: Understood
    language: str


#: Acts on a reply in the transaction that stored it; True if nobody need read it any more.
Handler = Callable[[Context, Connection, Reply], bool]
