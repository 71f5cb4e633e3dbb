"""The check of texts: each rule finds its fault at the right line and lets sound texts pass."""

from pathlib import Path

import pytest

from followup.content.text_check import check_templates
from followup.domain.finding import Finding, Level
from tests.content.texts import BODY, REF, SMS, folder, source


def findings(tmp_path: Path, *, rule: str = "", **parts: str) -> list[Finding]:
    """Of one rule, or all; that a text is long is left out, for with a link and a way out few are short."""
    return [f for f in check_templates(folder(tmp_path, **parts)) if f.rule == rule or not (rule or f.rule == "long")]


def test_a_sound_text_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("part", "text", "rule", "line"),
    [
        ("sms", SMS + "\n{{ pet_name }}", "unknown-placeholder", 6),
        ("body", BODY + "\n{% for x in link %}{% endfor %}", "logic", 12),
        ("body", BODY + "\n{{ link", "syntax", 12),
        ("sms", SMS.replace("{{ clinic_name }}", "Clinic"), "missing-clinic_name", 5),
        ("sms", SMS.replace("{{ stop_line }}", ""), "missing-stop_line", 5),
        ("sms", SMS.replace("{{ clinic_phone }}", "us"), "missing-clinic_phone", 5),
        ("body", "Call 911.", "missing-clinic_phone", 9),
        ("sms", SMS.replace("{{ link }}", ""), "no-contact", 5),
        ("body", "Call {{ clinic_phone }}.", "no-red-flags", 9),
        ("subject", " ", "missing-part", 6),
        ("sms", SMS + "\nAfter microneedling", "private-word", 6),
        ("sms", SMS + " Votre visage", "private-word", 5),
        ("subject", "Your Botox visit", "private-word", 7),
        ("sms", SMS + " https://x.example", "raw-link", 5),
        ("sms", SMS + " www.filler.example", "raw-link", 5),
        ("sms", SMS + " see bit.ly/abc", "raw-link", 5),
        ("sms", SMS + " For your rosacea", "private-word", 5),
        ("sms", SMS + " L'eczéma", "private-word", 5),
        ("sms", SMS + " only $50", "price", 5),
        ("subject", "Nos prix", "price", 7),
        ("body", BODY + "\n\nThis is normal.", "forbidden-claim", 13),
        ("body", BODY + "\n\nC’est normal.", "forbidden-claim", 13),
        ("body", BODY + " FDA-approved", "forbidden-claim", 11),
        ("body", BODY + " Résultats garantis.", "forbidden-claim", 11),
        ("subject", "Painless care", "forbidden-claim", 7),
        ("body", BODY + " Now 20 % off", "commercial", 11),
        ("body", BODY + " Réservez ici", "commercial", 11),
        ("body", BODY + " [go](https://x.example/booking/1)", "commercial", 11),
        ("subject", "x" * 90, "long-subject", 7),
        ("sms", SMS + " forêt", "not-gsm-7", 5),
        ("sms", SMS + " " + "x" * 136, "long", 5),
        ("sms", SMS + " " + "x" * 600, "too-long", 5),
    ],
)
def test_each_rule_finds_its_line(tmp_path: Path, part: str, text: str, rule: str, line: int) -> None:
    found = findings(tmp_path, rule=rule, **{part: text})
    assert [f.line for f in found] == [line, line]
    assert found[0].file.endswith(f"{REF}/en-CA.j2")


@pytest.mark.parametrize(
    "ask",
    [
        "Reply CANCEL to cancel.",
        "Reply with stop if it hurts.",
        "Text 'END' when done.",
        "Reply C to confirm, CANCEL to cancel.",
        "Reply YES to confirm.",
        "Répondez FIN si tout va bien.",
        "Répondez par OUI.",
        "Textez « ARRET » si ça va.",
        "Reply INFO for the address.",
        "Répondez AIDE.",
        "Reply REMOVE ME if it is not you.",
        "Répondez REPRENDRE pour continuer.",
        "Press C or say Cancel.",
        "Tap stop.",
        "Type the word end.",
        "Dites « oui ».",
        "Appuyez sur C ou dites annuler ou arrêter.",
        "Tapez simplement fin.",
    ],
)
def test_no_text_asks_for_a_word_carriers_take(tmp_path: Path, ask: str) -> None:
    assert len(findings(tmp_path, rule="reply-word", body=f"{BODY} {ask}")) == 2


@pytest.mark.parametrize(
    "words",
    ["price", "Special pricing", "$199", "a 10 % discount", "code promo", "[go](https://clinic.janeapp.com/x)",
     "www.clinic.example/book-online", "our online store", "rate us", "Leave us a review", "avis Google",
     "refer a friend", "bring a friend", "Recommandez-nous", "gift certificates", "book an appointment",
     "prenez rendez-vous", "réservation en ligne", "nos tarifs", "5 étoiles", "Black Friday", "free consultation",
     "our booking link", "recommend us", "on Trustpilot", "treat yourself", "rendez-vous en ligne", "une aubaine",
     "référer une amie", "évaluez notre clinique", "profitez de", "[là](https://clinic.example/avis/1)"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["care", "checkin", "transactional"])
def test_what_sells_makes_a_text_promotional(tmp_path: Path, words: str, kind: str) -> None:
    body = BODY + f" Also: {words}."
    found = findings(tmp_path / "a", rule="commercial", front=f"class: {kind}", body=body)
    assert [(Path(f.file).name, f.line) for f in found] == [("en-CA.j2", 11), ("fr-CA.j2", 11)]
    assert findings(tmp_path / "b", rule="commercial", front="class: promo", body=body) == []


@pytest.mark.parametrize(
    "said",
    [
        "Reply STOP to opt out.",
        "Répondez ARRET pour ne plus recevoir de textos.",
        "Reply C to confirm, R to change, X if you can't come.",
        "Reply in your own words.",
        "Does the redness not stop? Call us at the end of the day.",
        "Your surface is lipid-rich, that is all we offer.",
        "How do you deal with swelling? Rate your pain from 1 to 10.",
        "Évaluez votre douleur. Réduction des rougeurs en quelques jours.",
        "Dr. Davis will call you. À votre avis, est-ce enflé ? Notre équipe offre son aide à votre place.",
    ],
)
def test_ordinary_words_are_left_alone(tmp_path: Path, said: str) -> None:
    assert findings(tmp_path, body=f"{BODY} {said}") == []


@pytest.mark.parametrize(
    "words",
    ["Only 99 dollars.", "150 CAD for two.", "Seulement cent dollars.", "2-for-1 this week.", "Save 20 percent.",
     "Tell your friends about us.", "Come see us again soon.", "Spots are going fast.", "Parlez-en à vos amies."],
)  # fmt: skip
def test_offers_in_words_are_found_in_texts(tmp_path: Path, words: str) -> None:
    assert len(findings(tmp_path, rule="commercial", sms=f"{SMS} {words}")) == 2


@pytest.mark.parametrize("words", ["99 dollars", "150 CAD", "cent dollars", "2-for-1", "20 percent", "vingt pour cent"])
def test_prices_in_words_are_no_lock_screen_matter(tmp_path: Path, words: str) -> None:
    assert findings(tmp_path, rule="price", sms=f"{SMS} {words}")


@pytest.mark.parametrize(
    "words",
    ["Sculptra", "Radiesse", "RF treatment", "Fractional resurfacing with CO2", "skin pen", "your nose", "hands",
     "eyes", "Radiofréquence", "le nez", "vos mains", "les yeux", "Morpheus8", "votre genou"],
)  # fmt: skip
def test_every_device_and_area_is_private(tmp_path: Path, words: str) -> None:
    assert findings(tmp_path, rule="private-word", sms=f"{SMS} {words}")


@pytest.mark.parametrize(
    "said",
    ["Touch it with clean hands only.", "Keep an eye on it.", "Press and hold a cold cloth.", "Les mains propres.",
     "Text us or stop by.", "Call us to move it or cancel.", "SPF 30 for 2 weeks.", "Do not lift anything heavy."],
)  # fmt: skip
def test_care_in_a_text_is_left_alone(tmp_path: Path, said: str) -> None:
    assert [f for f in findings(tmp_path, sms=f"{SMS} {said}") if f.rule not in {"long", "too-long"}] == []


@pytest.mark.parametrize(("front", "rules"), [("class: promo", set()), ("class: checkin", {"commercial"})])
def test_only_promotion_may_speak_of_prices(tmp_path: Path, front: str, rules: set[str]) -> None:
    assert {f.rule for f in findings(tmp_path, front=front, body=BODY + " A discount.")} == rules


def test_no_promotion_names_a_prescription_drug(tmp_path: Path) -> None:
    assert len(findings(tmp_path, rule="drug-in-promo", front="class: promo", body=BODY + " Botox.")) == 2


DECIDED = "class: care\nsms_detail: treatment\ndetail_override: {by: RN Okafor, on: 2026-11-23, why: patients asked}"


def test_naming_treatments_is_a_decision_told_at_every_check(tmp_path: Path) -> None:
    (one, other) = findings(tmp_path, front=DECIDED, sms=SMS + " Microneedling.")
    assert (one.rule, one.level, other.rule) == ("detail-override", Level.WARNING, "detail-override")
    assert "RN Okafor on 2026-11-23, patients asked" in one.text


def test_a_decision_is_told_at_its_own_line(tmp_path: Path) -> None:
    assert {f.line for f in findings(tmp_path / "a", front=DECIDED)} == {4}
    assert {f.line for f in findings(tmp_path / "b", front="class: care\nsms_detail: treatment")} == {3}


def test_languages_of_an_answer_have_the_same_parts(tmp_path: Path) -> None:
    text = "---\nclass: reply\n---\n--- sms ---\nThank you.\n"
    home = folder(tmp_path, {"en-CA.j2": f"{text}--- subject ---\nThanks\n", "fr-CA.j2": text})
    (found,) = check_templates(home)
    assert (found.rule, found.file.endswith("fr-CA.j2")) == ("missing-part", True)
    assert "which en-CA has" in found.text


def test_a_title_that_one_language_lacks_is_noted(tmp_path: Path) -> None:
    home = folder(tmp_path)
    english = home / "messages" / REF / "en-CA.j2"
    english.write_text(english.read_text() + "\n## At night\n\nSleep.\n")
    (found,) = (f for f in check_templates(home) if f.rule != "long")
    assert (found.rule, found.level) == ("headings-differ", Level.WARNING)


def test_nobody_names_treatments_without_a_decision(tmp_path: Path) -> None:
    front = "class: care\nsms_detail: treatment"
    assert {f.rule for f in findings(tmp_path, front=front, sms=SMS + " Microneedling.")} == {"no-override"}


@pytest.mark.parametrize("wrong", ["yes", "{by: A}", "{by: A, on: soon, why: B}", "{by: '', on: 2026-11-23, why: B}"])
def test_a_decision_has_a_person_day_and_reason(tmp_path: Path, wrong: str) -> None:
    found = findings(tmp_path, front=f"class: care\ndetail_override: {wrong}")
    assert {(f.rule, f.line, f.is_error) for f in found} == {("detail-override", 2, True)}


@pytest.mark.parametrize("front", ["class: compliance", "class: reply"])
def test_answers_need_neither_stop_line_nor_email(tmp_path: Path, front: str) -> None:
    text = f"---\n{front}\n---\n--- sms ---\nThank you.\n"
    assert check_templates(folder(tmp_path, {"en-CA.j2": text, "fr-CA.j2": text})) == []


def test_an_answer_to_a_keyword_has_160_units(tmp_path: Path) -> None:
    text = f"---\nclass: compliance\n---\n--- sms ---\n{'x' * 161}\n"
    assert [f.rule for f in check_templates(folder(tmp_path, {"en-CA.j2": text, "fr-CA.j2": text}))] == ["too-long"] * 2


def test_promotion_has_three_segments_and_care_four(tmp_path: Path) -> None:
    text = SMS + " " + "x" * 400
    assert findings(tmp_path / "a", rule="too-long", sms=text) == []
    assert len(findings(tmp_path / "b", rule="too-long", sms=text, front="class: promo")) == 2


def test_the_worst_name_is_counted(tmp_path: Path) -> None:
    (found, _) = findings(tmp_path, rule="long", sms=f"{{{{ given_name }}}}: {SMS} {'x' * 40}")
    assert "at worst 3 of UCS-2" in found.text
    assert found.level is Level.WARNING


def test_a_missing_language_is_an_error(tmp_path: Path) -> None:
    (found,) = check_templates(folder(tmp_path, {"en-CA.j2": source()}))
    assert (found.rule, found.level) == ("missing-locale", Level.ERROR)
    assert found.file.endswith(f"{REF}/fr-CA.j2")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"sms": SMS + " {{ practitioner }}"}, "placeholders-differ"),
        ({"front": "class: checkin"}, "class-differs"),
        ({"front": "class: care\nsms_detail: none"}, "detail-differs"),
    ],
)
def test_languages_that_differ_are_errors(tmp_path: Path, changes: dict[str, str], rule: str) -> None:
    files = {"en-CA.j2": source(), "fr-CA.j2": source(**changes)}
    (found,) = [f for f in check_templates(folder(tmp_path, files)) if f.level is Level.ERROR]
    assert (found.rule, Path(found.file).name) == (rule, "fr-CA.j2")


def test_files_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    files = {"en-CA.j2": source(), "fr-CA.j2": "hello", "english.j2": source()}
    found = [f for f in check_templates(folder(tmp_path, files)) if f.level is Level.ERROR]
    assert [(Path(f.file).name, f.rule) for f in found] == [
        ("english.j2", "unknown-locale"),
        ("fr-CA.j2", "front-matter"),
    ]


def test_mail_to_staff_names_no_patient(tmp_path: Path) -> None:
    (folder(tmp_path) / "mail").mkdir()
    (tmp_path / "mail" / "staff-alert.en.j2").write_text("--- subject ---\nx\n--- body ---\n\n{{ given_name }}\n")
    (found,) = [f for f in check_templates(tmp_path) if f.level is Level.ERROR]
    assert (found.rule, found.line) == ("unknown-placeholder", 5)


@pytest.mark.parametrize(("meant", "found"), [(1, 2), (2, 0), (3, 0)])
def test_a_length_that_is_meant_gives_no_warning(tmp_path: Path, meant: int, found: int) -> None:
    front = f"class: care\nsms_segments: {meant}"
    assert len(findings(tmp_path, rule="long", front=front, sms=SMS + "x" * 60)) == found
