"""Header: which column holds what, by its English or French name."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followup.domain.errors import Fault, InvalidInput

FIELDS = (
    "patient_id", "given_name", "family_name", "sms", "email", "language", "consent", "consent_channel",
    "consent_date", "consent_evidence",
)  # fmt: skip
#: Other names of a field, without accents and blanks.
_ALIASES: Mapping[str, str] = {
    "id": "patient_id", "patient": "patient_id", "patientid": "patient_id", "chart": "patient_id",
    "dossier": "patient_id", "nodossier": "patient_id", "givenname": "given_name", "firstname": "given_name",
    "prenom": "given_name", "familyname": "family_name", "lastname": "family_name", "surname": "family_name",
    "nom": "family_name", "nomdefamille": "family_name", "phone": "sms", "mobile": "sms", "cell": "sms",
    "cellphone": "sms", "phonenumber": "sms", "telephone": "sms", "cellulaire": "sms", "mail": "email",
    "emailaddress": "email", "courriel": "email", "lang": "language", "langue": "language",
    "consentement": "consent", "consentchannel": "consent_channel", "consentdate": "consent_date",
    "consentevidence": "consent_evidence", "evidence": "consent_evidence", "preuve": "consent_evidence",
}  # fmt: skip
#: What we add to a file of errors; brought again, these columns say nothing.
OURS = frozenset({"problem_row", "problem"})
_WHO = frozenset({"patient_id", "sms", "email"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each field, the header as it stands in the file, and the columns that mean nothing to us."""

    places: Mapping[str, int]
    names: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    def name(self, field: str) -> str:
        """What the file calls a field."""
        return self.names[self.places[field]] if field in self.places else field


def read_header(cells: Sequence[str]) -> Columns:
    """The columns; raises InvalidInput for two of one meaning, and where nothing says who is meant."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    found: dict[str, list[int]] = {}
    for place, name in enumerate(cells):
        found.setdefault(_field(name), []).append(place)
    _refuse_doubles(cells, found)
    places = {field: some[0] for field, some in found.items() if field in FIELDS}
    if not _WHO & set(places):
        cure = f"name the columns in row 1: {', '.join(FIELDS)}"
        raise InvalidInput(
            "row 1 names no column that says who is meant", (Fault("row 1", "no column", "who"),), cure=cure
        )
    ignored = [cells[n] for field, some in found.items() if field not in FIELDS and field not in OURS for n in some]
    return Columns(places, tuple(cells), tuple(name for name in ignored if name))


def _field(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower())
    bare = "".join(c for c in plain if c.isalnum())
    as_written = "_".join("".join(c if c.isalnum() or c == "_" else " " for c in plain).split())
    return as_written if as_written in FIELDS or as_written in OURS else _ALIASES.get(bare, bare)


def _refuse_doubles(cells: Sequence[str], found: Mapping[str, Sequence[int]]) -> None:
    doubled = [places for field, places in found.items() if field and len(places) > 1]
    if doubled:
        told = "; ".join(" and ".join(f"{_letter(n)} ({cells[n]})" for n in some) for some in doubled)
        faults = tuple(
            Fault(f"row 1, column {_letter(some[-1])}", "means the same as another", "double") for some in doubled
        )
        raise InvalidInput(f"columns mean the same: {told}", faults, cure="keep one of each, or rename it")


def _letter(place: int) -> str:
    """The letter of a column in a spreadsheet."""
    place, last = divmod(place, 26)
    return (_letter(place - 1) if place else "") + chr(ord("A") + last)
