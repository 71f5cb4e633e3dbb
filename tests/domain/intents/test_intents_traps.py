"""Words that look like one thing and mean another (facts 5), English and French."""

import pytest

from followup.domain.inbound import Intent
from followup.domain.intents import LETTERS, NUMBERS, recognise

STOPS = {
    "stop by at 5?": "reschedule",
    "when do I stop retinol": "question",
    "my bleeding won't stop": "clinical_emergency",
    "oui stp": "confirm",
    "end of the month is better": "reschedule",
    "cancel Tuesday's facial": "cancel",
    "CANCEL": "stop",
    "STOP": "stop",
    "arrêt": "stop",
    "please don't stop texting me": "other",
    "est-ce que je dois arrêter mon rétinol avant?": "question",
    "ça saigne pis ça arrête pas": "clinical_emergency",
}
YES_AND_NO = {
    "yes please cancel it": "cancel",
    "oui mais à 15h": "reschedule",
    "No problem, see you then": "confirm",
    "pas de trouble, à demain": "confirm",
    "confirmed that I can NOT attend": "decline",
    "yes if I can bring my daughter?": "question",
    "Yeah no, I can't do Tuesday": "decline",
    "can't confirm yet": "other",
    "did I already confirm this?": "question",
    "je travaille finalement, ça marche pas": "decline",
    "I wouldnt miss it": "confirm",
    "je confirme plus tard": "other",
}
PHONES = {
    "Liked “Your visit is Friday. Reply YES or STOP to opt out.”": "confirm",
    "A aimé « Votre visite est jeudi. OUI pour confirmer, ARRET pour ne plus recevoir. »": "confirm",
    "Laughed at “Reply STOP to opt out”": "other",
    "Questioned “Your visit is Thu at 2:30 PM.”": "question",
    "I'm driving right now and will see your message later": "other",
    "Je suis absent du bureau jusqu'au 12": "other",
    "👍": "confirm",
    "❤️": "thanks",
    "🤷": "other",
    "": "other",
}

NO_YES = [
    "oui non",
    "yeah no",
    "yeah no sorry",
    "of course not",
    "bien sûr que non",
    "yeah nah",
    "oui enfin non",
    "yes if Dana is there",
    "j'y serai si je trouve une gardienne",
    "sure, if Dana is there",
    "je serai là si y fait beau",
    "oui dépendamment du prix",
    "yes once my card gets refunded",
    "yes i was there yesterday",
    "yes I was double charged",
    "oui j'étais là hier",
    "ok i will phone the clinic",
    "ok je vous rappelle",
    "ok je vais essayer",
    "d'accord je regarde mon horaire",
    "yes one sec",
    "yep still thinking",
    "yes hold on",
    "oui quand j'aurai mon horaire",
    "yes my daughter will call you",
    "ok I'll call you",
]
STILL_YES = [
    "no reason to change, I'll be there",
    "je n'ai pas oublié, à demain",
    "yes no problem",
    "looking forward to it",
    "oui pas de problème",
    "yes, wouldn't miss it",
    "yes I'll be there, see you",
    "oui je serai là",
    "ok sounds good",
]
EMERGENCIES = [
    "je voie double",
    "c'est tu normal que je voie double",
    "normal que je voie pus clair d'un oeil?",
    "se peut-tu que ma langue enfle à cause du botox",
    "se peut-il que je voie double",
    "sense of doom and itchy all over",
    "burning up, confused, redness racing up my neck",
    "est-ce normal que je voie embrouillé",
]


@pytest.mark.parametrize("text", NO_YES)
@pytest.mark.parametrize("language", ["en", "fr-CA"])
def test_a_reserve_beside_a_yes_confirms_nothing(text: str, language: str) -> None:
    found = recognise(text, language=language)
    assert Intent.CONFIRM not in {found.intent, *found.also}


@pytest.mark.parametrize("text", STILL_YES)
def test_a_no_that_means_yes_still_confirms(text: str) -> None:
    assert recognise(text, language="en").intent is Intent.CONFIRM


@pytest.mark.parametrize("text", EMERGENCIES)
@pytest.mark.parametrize("language", ["en", "fr-CA"])
def test_an_emergency_that_is_asked_is_one(text: str, language: str) -> None:
    assert recognise(text, language=language).severity == "emergency"


@pytest.mark.parametrize(("text", "intent"), [*STOPS.items(), *YES_AND_NO.items(), *PHONES.items()])
def test_the_whole_text_says_what_is_meant(text: str, intent: str) -> None:
    assert recognise(text, language="en").intent == intent


@pytest.mark.parametrize(("text", "intent"), [("1", "confirm"), ("2", "reschedule"), ("3", "cancel"), ("7", "other")])
def test_a_digit_counts_only_if_offered(text: str, intent: str) -> None:
    assert recognise(text, offered=NUMBERS).intent == intent
    assert recognise(text, offered=LETTERS).intent is Intent.OTHER


@pytest.mark.parametrize("text", ["give me 3 minutes", "at 2 I work", "2 questions for you"])
def test_a_digit_in_a_sentence_chooses_nothing(text: str) -> None:
    assert recognise(text, offered=NUMBERS).intent not in {Intent.RESCHEDULE, Intent.CANCEL, Intent.CONFIRM}


@pytest.mark.parametrize(
    ("text", "severity", "also"),
    [
        ("yes but my face is really swollen and hot", "urgent", Intent.CONFIRM),
        ("STOP. my face is burning since ur treatment", "urgent", Intent.STOP),
        ("annulez, je suis à l'hôpital à cause des injections", "emergency", Intent.CANCEL),
        ("yes ill come but im having trouble breathing", "emergency", Intent.CONFIRM),
    ],
)
def test_a_symptom_and_an_answer_are_both_heard(text: str, severity: str, also: Intent) -> None:
    found = recognise(text)
    assert (found.severity, also in found.also) == (severity, True)


def test_a_name_counts_only_where_it_is_expected() -> None:
    assert recognise("I'm not Ana", names={"Ana"}).intent is Intent.WRONG_NUMBER
    assert recognise("I'm not Ana", names={"Bo"}).intent is not Intent.WRONG_NUMBER
    assert recognise("I'm not Ana").intent is Intent.WRONG_NUMBER
