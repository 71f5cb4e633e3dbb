"""SQL and the pure rule choose the same people, on both databases."""

import pytest
from hypothesis import given, settings

from followup.content.audience import read_audience
from followup.domain.audience import Person, matches
from followup.storage import bookings, consents, enrollments, patients, treatments
from followup.storage.audience import people, select
from followup.storage.database import Database
from followup.storage.tables import upload_rows
from tests.builders import CLINIC
from tests.domain.audience.crowd import DEFINITIONS, SETTING, make_crowd
from tests.fakes import START


def settle(database: Database, crowd: list[Person]) -> None:
    """Write a crowd into the rows."""
    with database.transaction() as conn:
        patients.put_many(conn, [p.patient for p in crowd], START)
        treatments.put_many(conn, CLINIC, [t for p in crowd for t in p.treatments])
        bookings.put_many(conn, CLINIC, [b for p in crowd for b in p.bookings])
        enrollments.add(conn, [e for p in crowd for e in {e.protocol_key: e for e in p.enrollments}.values()])
        consents.add(conn, CLINIC, [(p.patient.id, c) for p in crowd for c in dict.fromkeys(p.consents)], now=START)
        lists = [(u, n, p.patient.id) for n, p in enumerate(crowd) for u in sorted(p.uploads)]
        conn.execute(upload_rows.insert(), [
            {"upload_id": u, "row": n, "clinic_id": CLINIC, "person": f"id:{who}", "patient_id": who}
            for u, n, who in lists
        ])  # fmt: skip


def test_sql_and_rule_choose_the_same_people(database: Database) -> None:
    crowd, sizes = make_crowd(60), set[int]()
    settle(database, crowd)
    with database.reading() as conn:
        known = people.of(conn, CLINIC, [p.patient.id for p in crowd])

    @settings(max_examples=70)
    @given(DEFINITIONS)
    def agree(definition: dict[str, object]) -> None:
        audience = read_audience(definition)
        with database.reading() as conn:
            found = list(select.chosen(conn, CLINIC, audience, setting=SETTING, page=25))
        assert found == [who for who, person in known.items() if matches(audience, person, SETTING).chosen]
        sizes.add(len(found))

    agree()
    assert len(sizes) > 15  # the audiences differ: neither all nobody nor all everybody


def test_selecting_goes_on_behind_a_given_patient(sqlite: Database) -> None:
    crowd = make_crowd(40)
    settle(sqlite, crowd)
    everybody = read_audience({"everybody": "true"})
    with sqlite.reading() as conn:
        whole = list(select.chosen(conn, CLINIC, everybody, setting=SETTING, page=10))
        assert list(select.chosen(conn, CLINIC, everybody, setting=SETTING, after=whole[11], page=10)) == whole[12:]


@pytest.mark.parametrize("tag", ["vip", "VIP", "100%", "gift card"])
def test_a_tag_is_found_letter_by_letter(database: Database, tag: str) -> None:
    crowd = make_crowd(40)
    settle(database, crowd)
    with database.reading() as conn:
        found = set(select.chosen(conn, CLINIC, read_audience({"tags": tag}), setting=SETTING))
    assert found == {p.patient.id for p in crowd if tag in p.patient.tags and p.patient.status == "active"}


@pytest.mark.parametrize("definition", [{"language": "fr"}, {"consent": {"class": "promo"}}])
def test_a_count_is_that_of_the_chosen(database: Database, definition: dict[str, object]) -> None:
    settle(database, make_crowd(40))
    audience = read_audience(definition)
    with database.reading() as conn:
        found = list(select.chosen(conn, CLINIC, audience, setting=SETTING))
        assert 0 < select.count(conn, CLINIC, audience, setting=SETTING) == len(found)
