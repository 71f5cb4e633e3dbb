"""The cast of the demo and their year: each of them shows one thing that followup must get right."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from followup.sandbox.clinic import HOME, Answer, Closed, Happening, Person, Story, Teller, Took


def _cast() -> tuple[Person, ...]:
    west, east, plain = "America/Vancouver", "America/St_Johns", "America/Regina"
    return (
        Person("P-01", "Ana", "Silva", "en-CA", HOME, "+14165550123", "ana@patients.example", role="one visit"),
        Person("P-02", "Étienne", "Gagnon", "fr-CA", HOME, "+14165550124", "etienne@patients.example", role="French"),
        Person("P-03", "Margaret", "Chen", "en-CA", HOME, email="margaret@patients.example", role="e-mail only"),
        Person("P-04", "Jordan", "Lee", "en-CA", west, "+16045550125", role="Vancouver"),
        Person("P-05", "Siobhan", "Power", "en-CA", east, "+17095550126", "siobhan@patients.example",
               role="St. John's"),
        Person("P-06", "Tessa", "Kowalchuk", "en-CA", plain, "+13065550127", role="Regina, red flag"),
        Person("P-07", "Priya", "Nair", "en-CA", HOME, "+16475550128", "priya@patients.example",
               role="series of three"),
        Person("P-08", "Chloé", "Tremblay", "fr-CA", HOME, "+14385550129", "chloe@patients.example",
               role="ends at 21:20"),
        Person("P-09", "Robert", "Brown", "en-CA", HOME, "call my wife", "robert@patients.example",
               role="no real phone"),
        Person("P-10", "Dana", "Whitford", "en-CA", HOME, "+19055550130", role="writes STOP"),
        Person("P-11", "Lucie", "Bergeron", "fr-CA", HOME, "+15145550131", "lucie@patients.example",
               role="écrit ARRET"),
        Person("P-12", "Grace", "Okoye", "en-CA", HOME, "+14375550132", "grace@patients.example", ("sms", "email"),
               role="wants offers"),
        Person("P-13", "David", "Rosen", "en-CA", HOME, "+12895550133", role="entered in error"),
    )  # fmt: skip


def demo_story() -> Story:
    """The cast of the demo and their year, which begins on Monday 2 March 2026."""
    cast, tell = _cast(), Teller()
    ana, tessa, priya, dana, lucie, david = cast[0], cast[5], cast[6], cast[9], cast[10], cast[12]
    starts = "02T15:30 02T11:00 03T10:15 03T16:40 04T09:30 04T14:00 05T13:20 05T21:20 "
    starts += "06T12:00 09T17:45 10T10:30 11T15:00 12T11:15"
    first = [
        tell.treated(who, _home(f"2026-03-{when}"), treatment=f"T-{1001 + n}", of=3 if who is priya else 1)
        for n, (who, when) in enumerate(zip(cast, starts.split(), strict=True))
    ]
    later: list[Happening] = [
        tell.voided(david, _home("2026-03-12T16:10"), treatment="T-1013"),
        tell.offered(priya, _home("2026-03-30T09:00"), booking="B-1", starts_at=_home("2026-04-08T13:00")),
        tell.treated(priya, _home("2026-04-08T13:50"), treatment="T-1014", session=2, of=3),
        tell.booking("attended", priya, _home("2026-04-08T14:00"), booking="B-1"),
        tell.treated(priya, _home("2026-05-20T13:30"), treatment="T-1015", session=3, of=3),
    ]
    answers: list[Happening] = [
        Answer(_at(ana, "2026-03-05T18:05"), ana, "A little dry, but all good. Thank you!"),
        Answer(_at(priya, "2026-03-30T12:40"), priya, "C"),
        Answer(_at(tessa, "2026-03-06T02:00"), tessa, "help!! my lips are swelling and its hard to breath"),
        Took(_at(tessa, "2026-03-06T02:04"), tessa, by="RN Okafor", sms="+19055550143"),
        Closed(_at(tessa, "2026-03-06T14:30"), tessa, by="RN Okafor"),
        Answer(_at(dana, "2026-03-12T19:15"), dana, "STOP"),
        Answer(_at(lucie, "2026-06-11T12:30"), lucie, "Arrêt"),
    ]
    return Story(cast, tuple(sorted([*first, *later, *answers], key=lambda h: h.at)))


def _home(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(HOME))


def _at(person: Person, moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=person.zone()).astimezone(UTC)
