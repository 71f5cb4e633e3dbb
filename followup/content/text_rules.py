"""What one text may and must say: each rule yields findings about one file, with its line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from followup.content.compiled import Compiled
from followup.content.front_matter import Part, Source
from followup.content.lint_words import Hit, LintWords
from followup.content.samples import COSTLY_NAME, LONG_CLINIC, LONG_NAME, SAMPLE
from followup.content.sandbox import Sandbox
from followup.content.values import PLACEHOLDERS, clean_values
from followup.domain.channels import email, sms
from followup.domain.clinic import DetailLevel
from followup.domain.errors import TemplateFault
from followup.domain.finding import Finding, Level
from followup.domain.message import MessageClass

_UNSELLING = frozenset({MessageClass.CARE, MessageClass.CHECKIN, MessageClass.TRANSACTIONAL})
_ANSWERS = sms.RULES.exempt


@dataclass(frozen=True, slots=True)
class Text:
    """One file that could be cut into its parts, and what the rules need to look at it."""

    file: str
    language: str
    source: Source
    words: LintWords
    sandbox: Sandbox
    compiled: Compiled

    @property
    def message_class(self) -> MessageClass:
        """The class of its front matter."""
        return self.source.message_class

    @property
    def headings(self) -> int:
        """How many titles its body has."""
        body = self.source.parts.get("body")
        return sum(line.startswith("#") for line in body.text.splitlines()) if body else 0

    def names(self, part: str) -> frozenset[str]:
        """The placeholders of one part; none if the part is missing."""
        return self.sandbox.names(self.source.parts[part].text) if part in self.source.parts else frozenset()

    def finding(self, line: int, rule: str, text: str, *, cure: str = "", level: Level = Level.ERROR) -> Finding:
        """A finding in this file."""
        return Finding(self.file, line, rule, text, cure, level)

    def at(self, part: str, line: int = 0) -> int:
        """The line of the file where a line (from 0) of a part stands."""
        return self.source.parts[part].line + line if part in self.source.parts else 1

    def sized(self, **changes: object) -> sms.Segments | None:
        """The size of its SMS with the sample values; None if it cannot be filled in."""
        values = clean_values({**SAMPLE, **changes}, self.language)
        stop = sms.STOP_LINES["fr" if self.language.startswith("fr") else "en"]
        try:
            return sms.segments(sms.normalise(self.compiled.fill("sms", {**values, "stop_line": stop})))
        except TemplateFault:
            return None


def remarks_on_text(text: Text) -> Iterator[Finding]:
    """Everything the rules have to say about one file."""
    for rule in _RULES:
        yield from rule(text)


def _parts(text: Text) -> Iterator[Finding]:
    wanted = sms.RULES.parts if text.message_class in _ANSWERS else (*sms.RULES.parts, *email.RULES.parts)
    for name in wanted:
        part = text.source.parts.get(name)
        if part is None:
            yield text.finding(1, "missing-part", f"there is no part {name!r}", cure=f"add a line --- {name} ---")
        elif not part.text.strip():
            yield text.finding(part.line - 1, "missing-part", f"the part {name!r} is empty", cure="write its text")


def _gaps(text: Text) -> Iterator[Finding]:
    for part in text.source.parts.values():
        for line, rule, what, _ in text.sandbox.faults(part.text, PLACEHOLDERS):
            cure = f"known are {', '.join(sorted(PLACEHOLDERS))}" if rule == "unknown-placeholder" else ""
            yield text.finding(part.line + line - 1, rule, what, cure=cure)


def _must_have(text: Text) -> Iterator[Finding]:
    if "sms" in text.source.parts and text.message_class not in _ANSWERS:
        for name in sorted(sms.RULES.must_have - text.names("sms")):
            yield text.finding(
                text.at("sms"), f"missing-{name}", f"the SMS does not name {name}", cure=f"add {{{{ {name} }}}}"
            )
        if not text.names("sms") & {"link", "contact_url", "visit_link"}:
            what = "the SMS leads to no page with the clinic's address"
            yield text.finding(
                text.at("sms"), "no-contact", what, cure="add {{ link }} or {{ contact_url }}", level=Level.WARNING
            )
    if text.message_class is MessageClass.CARE:
        for name in ("sms", "body"):
            if name in text.source.parts and "clinic_phone" not in text.names(name):
                what = f"the {name} of a care text does not say whom to call"
                yield text.finding(text.at(name), "missing-clinic_phone", what, cure="add {{ clinic_phone }}")
        if "body" in text.source.parts and "911" not in text.source.parts["body"].text:
            what = "the body of a care text does not name 911"
            yield text.finding(text.at("body"), "no-red-flags", what, cure="add the warning signs", level=Level.WARNING)


def _wording(text: Text) -> Iterator[Finding]:
    for name, part in text.source.parts.items():
        yield from _each(
            text, name, "forbidden-claim", look=text.words.forbidden, cure="nobody may promise this: take it out"
        )
        if text.message_class in _UNSELLING:
            cure = "take it out, or make the class promo"
            yield from _each(text, name, "commercial", look=text.words.commercial, cure=cure)
        if text.message_class is MessageClass.PROMO:
            cure = "no prescription drug may be named in a promotion"
            yield from _each(text, name, "drug-in-promo", look=text.words.drugs, cure=cure)
        if text.message_class is not MessageClass.COMPLIANCE:
            cure = "carriers act on this word: ask for C, R or X, or for the patient's own words"
            yield from _each(text, name, "reply-word", look=text.words.replies, cure=cure)
        if name != "body":
            yield from _on_lock_screen(text, name, part)


def _on_lock_screen(text: Text, name: str, part: Part) -> Iterator[Finding]:
    if text.source.sms_detail is not DetailLevel.TREATMENT:
        cure = "say it without, or set sms_detail: treatment and record why in detail_override"
        yield from _each(text, name, "private-word", look=text.words.private, cure=cure)
        yield from _each(text, name, "price", look=text.words.prices, cure=cure)
    if name == "sms":
        cure = "use {{ link }} or {{ contact_url }}"
        for hit in text.words.addresses(part.text):
            yield text.finding(text.at(name, hit.line), "raw-link", "a written-out address in an SMS", cure=cure)


def _decision(text: Text) -> Iterator[Finding]:
    """A text that may name treatments on a lock screen is a decision of a person, told at every check."""
    decided = text.source.override
    if text.source.sms_detail is DetailLevel.TREATMENT and decided is None:
        cure = "add detail_override: {by: name, on: 2026-11-23, why: reason}"
        line = text.source.lines.get("sms_detail", 2)
        yield text.finding(line, "no-override", "nobody has decided that it may name treatments", cure=cure)
    elif decided is not None:
        what = f"may say more on a lock screen: {decided.by} on {decided.on}, {decided.why}"
        line = text.source.lines.get("detail_override", 2)
        yield text.finding(
            line, "detail-override", what, cure="look at it again from time to time", level=Level.WARNING
        )


def _each(text: Text, name: str, rule: str, *, look: Callable[[str], Iterator[Hit]], cure: str) -> Iterator[Finding]:
    for hit in look(text.source.parts[name].text):
        yield text.finding(text.at(name, hit.line), rule, f"the {name} says {hit.word!r}", cure=cure)


def _length(text: Text) -> Iterator[Finding]:
    usual, longest = text.sized(), text.sized(given_name=LONG_NAME, clinic_name=LONG_CLINIC)
    costly = text.sized(given_name=COSTLY_NAME, clinic_name=LONG_CLINIC)
    if usual is None or longest is None or costly is None:
        return
    most, line = sms.most_segments(text.message_class), text.at("sms")
    size = f"{usual.units} units, {usual.segments} segments of {usual.encoding}, at worst {_worst(longest, costly)}"
    if usual.costly:
        names = ", ".join(map(sms.name_of, usual.costly))
        yield text.finding(
            line, "not-gsm-7", f"the SMS needs UCS-2 for {names}", cure="write it without", level=Level.WARNING
        )
    if longest.segments > most:
        yield text.finding(line, "too-long", f"the SMS has {size}", cure=f"at most {most} segments are sent")
    elif text.message_class is MessageClass.COMPLIANCE and longest.units > sms.MANDATORY_ANSWER:
        yield text.finding(line, "too-long", f"the SMS has {size}", cure="an answer to a keyword has at most 160 units")
    elif _is_longer_than_meant(text, usual, longest):
        cure = f"a Canadian long code carries {sms.WARN_UNITS} units in one text: cut it, or write sms_segments: "
        yield text.finding(line, "long", f"the SMS has {size}", cure=f"{cure}{longest.segments}", level=Level.WARNING)


def _is_longer_than_meant(text: Text, usual: sms.Segments, longest: sms.Segments) -> bool:
    meant = text.source.sms_segments
    if text.message_class is MessageClass.COMPLIANCE:
        return False
    return usual.units > sms.WARN_UNITS if meant is None else longest.segments > meant


def _worst(longest: sms.Segments, costly: sms.Segments) -> str:
    worst = max(longest, costly, key=lambda s: s.segments)
    return f"{worst.segments} of {worst.encoding}"


def _subject(text: Text) -> Iterator[Finding]:
    try:
        shown = text.compiled.fill("subject", clean_values(SAMPLE, text.language))
    except TemplateFault:
        return
    if len(shown.strip()) > email.WARN_SUBJECT:
        cure = f"inboxes cut after about {email.WARN_SUBJECT} characters"
        yield text.finding(
            text.at("subject"), "long-subject", f"{len(shown)} characters", cure=cure, level=Level.WARNING
        )


_RULES: tuple[Callable[[Text], Iterator[Finding]], ...] = (
    _parts,
    _gaps,
    _must_have,
    _wording,
    _decision,
    _length,
    _subject,
)
