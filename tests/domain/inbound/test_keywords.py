"""Exact keywords: whole messages only."""

import pytest

from followup.domain.inbound import Keyword, keyword

STOPS = (
    "Stop.|STOP|stop 🙏|'stop'|StopAll|stop all|UNSUBSCRIBE|Cancel!|end|QUIT|revoke|optout|Opt out|opt-out|remove me|"
    "stop texting|ARRÊT|arret|Arrêtez!|arreter|désabonner|DESABONNEMENT|désinscrire|Fin|ＳＴＯＰ|  stop\n|alto|no más"
)


@pytest.mark.parametrize("text", STOPS.split("|"))
def test_a_stop_word_alone_is_an_opt_out(text: str) -> None:
    hit = keyword(text)
    assert hit is not None
    assert hit.keyword is Keyword.STOP


@pytest.mark.parametrize(
    "text",
    ["stop by at 3?", "my bleeding won't stop", "cancel Tuesday's facial", "end of the month is better", "oui stp",
     "annuler", "", "   ", "🙏", "?", "yes", "C", "fin de semaine?", "when do I stop retinol"],
)  # fmt: skip
def test_a_word_in_a_sentence_is_no_keyword(text: str) -> None:
    assert keyword(text) is None


@pytest.mark.parametrize(("text", "language"), [("stop", "en"), ("arrêt", "fr"), ("FIN", "fr"), ("baja", "es")])
def test_the_answer_is_in_the_words_language(text: str, language: str) -> None:
    hit = keyword(text)
    assert hit is not None
    assert hit.language == language


@pytest.mark.parametrize(
    ("text", "by_carrier"), [("STOP", True), ("Cancel", True), ("ARRET", False), ("opt out", False)]
)
def test_the_carrier_answers_only_its_own_words(text: str, by_carrier: bool) -> None:
    hit = keyword(text)
    assert hit is not None
    assert hit.carrier_answers is by_carrier


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("start", Keyword.START), ("UNSTOP", Keyword.START), ("début", Keyword.START), ("help", Keyword.HELP),
     ("INFO", Keyword.HELP), ("aide", Keyword.HELP)],
)  # fmt: skip
def test_start_and_help_words_are_known(text: str, meaning: Keyword) -> None:
    hit = keyword(text)
    assert hit is not None
    assert hit.keyword is meaning


def test_yes_is_no_opt_in_of_ours() -> None:
    assert keyword("YES") is None
