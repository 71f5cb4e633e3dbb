"""What a person wrote above the quote, and when a mail asks us to stop."""

import pytest

from followup.domain.mail.quote import above_quote, is_answer, own_subject, stop_word

QUOTE = "> Keep it clean."


@pytest.mark.parametrize(
    "divider",
    [
        "On Mon, 2 Mar 2026 at 15:30, Canstrive <care@clinic.example> wrote:",
        "On Mon, 2 Mar 2026 at 15:30, Canstrive\n<care@clinic.example> wrote:",
        "Le lun. 2 mars 2026 à 15 h 30, Canstrive <care@clinic.example> a écrit :",
        "El lun, 2 mar 2026, Canstrive escribió:",
        "-----Original Message-----",
        "-------- Message d'origine --------",
        "________________________________",
        "From: Canstrive <care@clinic.example>\nSent: Monday",
        "De : Canstrive <care@clinic.example>\nEnvoyé : lundi",
        "Sent from my iPhone",
        "Envoyé de mon iPhone",
        "-- ",
        QUOTE,
    ],
)
def test_words_end_where_the_quoted_mail_begins(divider: str) -> None:
    assert above_quote(f"I am fine.\nOn Monday I go out.\n\n{divider}\n{QUOTE}\n") == "I am fine.\nOn Monday I go out."


def test_a_mail_that_is_all_quote_stays_whole() -> None:
    assert above_quote(QUOTE) == QUOTE


@pytest.mark.parametrize("subject", ["Re: A", "RE : A", "Fwd: Re: A", "TR: A", "Réf : A", "AW: A", "Re[2]: A"])
def test_marks_of_an_answer_are_no_subject(subject: str) -> None:
    assert (own_subject(subject), is_answer(subject)) == ("A", True)


@pytest.mark.parametrize("subject", ["A", "Regarding my skin: A", "Treatment: A"])
def test_an_ordinary_subject_is_no_answer(subject: str) -> None:
    assert not is_answer(subject)


@pytest.mark.parametrize(
    ("subject", "words", "language"),
    [
        ("unsubscribe", "", "en"),
        ("Re: Your skin, day 1", "STOP", "en"),
        ("Re: Your skin, day 1", "  stop. ", "en"),
        ("Unsubscribe", "Get me off this list, thanks", "en"),
        ("RE: unsubscribe", "", "en"),
        ("", "Please unsubscribe me!", "en"),
        ("Désabonner", "", "fr"),
        ("Re : Votre peau", "ARRÊT", "fr"),
        ("Re : Votre peau", "Désabonnez-moi.", "fr"),
        ("Votre peau", "me désabonner", "fr"),
        ("", "Baja", "es"),
    ],
)
def test_a_mail_that_says_stop_is_an_opt_out(subject: str, words: str, language: str) -> None:
    hit = stop_word(subject, words)
    assert hit is not None
    assert hit.language == language


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Re: Your skin, day 1", "Should I stop using the cream?"),
        ("Cancel", "Cancel"),
        ("Fin", ""),
        ("Re: Your appointment", "cancel"),
        ("How do I unsubscribe from pain?", ""),
        ("start", "start"),
        ("Help", "help"),
        ("", ""),
    ],
)
def test_any_other_mail_is_for_a_person(subject: str, words: str) -> None:
    assert stop_word(subject, words) is None
