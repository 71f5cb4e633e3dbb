"""The lot: who is held out and who gets which text, by a keyed hash, so that asking again gives the same answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from followup.domain.campaign.definition import Variant

_FINE = 2**64


@dataclass(frozen=True, slots=True)
class Lot:
    """One person's draw; the variant is theirs also where they are held out."""

    held_out: bool
    variant: str


def draw(key: str, patient_id: str, *, hold_out: int, variants: Sequence[Variant]) -> Lot:
    """The draw of a patient under `key` (the campaign's id). `hold_out` is in percent.

    The two draws are independent, and neither depends on who else is in the audience.
    """
    held_out = _share(key, "hold-out", patient_id) * 100 < hold_out
    place = _share(key, "variant", patient_id) * sum(v.share for v in variants)
    for variant in variants:
        place -= variant.share
        if place < 0:
            return Lot(held_out, variant.key)
    return Lot(held_out, variants[-1].key)


def _share(key: str, purpose: str, patient_id: str) -> float:
    """A number from 0 up to 1, evenly spread over patients."""
    mac = blake2b(f"{purpose}\x1f{patient_id}".encode(), digest_size=8, key=blake2b(key.encode()).digest()[:32])
    return int.from_bytes(mac.digest()) / _FINE
