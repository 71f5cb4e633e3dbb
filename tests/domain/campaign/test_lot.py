"""The lot: the same for the same key, even over people, and without regard to who else is there."""

from collections import Counter

from followup.domain.campaign import Variant, draw

VARIANTS = (Variant("a", "x/a", 3), Variant("b", "x/b", 1))
PEOPLE = [f"P-{n}" for n in range(4000)]


def test_the_same_key_draws_the_same_again() -> None:
    draws = [[draw("cmp_1", p, hold_out=10, variants=VARIANTS) for p in PEOPLE[:50]] for _ in range(2)]
    assert draws[0] == draws[1]


def test_another_campaign_draws_its_own_lots() -> None:
    first, second = ([draw(key, p, hold_out=50, variants=VARIANTS) for p in PEOPLE] for key in ("cmp_1", "cmp_2"))
    agree = sum(a.held_out == b.held_out for a, b in zip(first, second, strict=True))
    assert abs(agree / len(PEOPLE) - 0.5) < 0.05


def test_shares_come_out_as_they_were_asked() -> None:
    lots = [draw("cmp_1", p, hold_out=10, variants=VARIANTS) for p in PEOPLE]
    assert abs(sum(lot.held_out for lot in lots) / len(lots) - 0.10) < 0.02
    assert abs(Counter(lot.variant for lot in lots)["a"] / len(lots) - 0.75) < 0.03


def test_without_a_hold_out_everybody_is_written_to() -> None:
    assert not any(draw("cmp_1", p, hold_out=0, variants=VARIANTS[:1]).held_out for p in PEOPLE)
