"""Everything that can be wrong across files: protocols, their texts, and the clinics that use them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

from followup.content.clinics import WrittenClinic, check_offsets, read_clinics
from followup.content.protocols import Written, lint, read_folder, read_protocol
from followup.content.samples import SAMPLE
from followup.content.templates import Templates
from followup.domain.clinic import DetailLevel
from followup.domain.errors import FollowupError, TemplateFault
from followup.domain.finding import Finding
from followup.domain.protocol import CareProtocol

#: What a treatment event may leave out; what follows from one is missing with it.
_OPTIONAL = (("session", "next_session"), ("of",), ("practitioner",))


def check_folder(path: Path, templates: Templates | None, clinics: Sequence[WrittenClinic] = ()) -> list[Finding]:
    """Check one protocol file or a folder of them, with the hours and languages of `clinics`."""
    written, findings = _read(path)
    for one in written:
        if templates is not None:
            findings += check_texts(one, templates, languages_of(clinics))
            findings += check_detail(one, templates, clinics)
        for clinic in clinics:
            findings += lint(one.protocol, one.document, clinic.clinic.windows)
    findings += shared_codes(written)
    return in_order(findings)


def check_config(folder: Path, templates: Templates | None) -> list[Finding]:
    """Check protocols and clinics of a whole config folder."""
    clinics, findings = read_clinics(folder)
    written, _ = read_folder(folder)
    protocols = [w.protocol for w in written]
    findings += [f for clinic in clinics for f in check_offsets(clinic, protocols)]
    return in_order([*findings, *check_folder(folder, templates, clinics)])


def languages_of(clinics: Iterable[WrittenClinic]) -> set[str]:
    """Every language one of the clinics writes in."""
    return {language for c in clinics for language in c.clinic.languages}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, by file and line."""
    return sorted(set(findings), key=lambda f: (f.file, f.line, f.rule, f.text))


def texts_of(path: Path) -> set[str]:
    """The texts that the protocols of a file or folder send."""
    return {step.template for one in _read(path)[0] for step in one.protocol.steps}


def check_texts(written: Written, templates: Templates, languages: Iterable[str]) -> Iterator[Finding]:
    """Whether every step has its text, in every language, under its own message class."""
    wanted = sorted({*written.protocol.title, *languages})
    for n, step in enumerate(written.protocol.steps):
        place = ("steps", n, "template")
        if step.template not in templates.refs:
            cure = f"write templates/messages/{step.template}/{wanted[0]}.j2"
            yield written.document.finding(place, "unknown-template", f"{step.key}: no {step.template!r}", cure=cure)
            continue
        for language in wanted:
            if language not in templates.locales(step.template):
                cure = f"write templates/messages/{step.template}/{language}.j2"
                yield written.document.finding(place, "missing-locale", f"{step.key}: no {language}", cure=cure)
        yield from _check_class(written, n, templates)
        yield from _check_gaps(written, n, templates)
    for language in wanted:
        if language.partition("-")[0] not in {known.partition("-")[0] for known in written.protocol.title}:
            text = f"there is no title in {language}: a message for several treatments would name this one otherwise"
            yield written.document.warning(("title",), "missing-title", text, cure=f"add {language}: … to `title`")


def _check_gaps(written: Written, n: int, templates: Templates) -> Iterator[Finding]:
    """A note where a text is held whenever the event leaves out what it may leave out."""
    step = written.protocol.steps[n]
    version, lacking = templates.version(step.template), defaultdict(list)
    for language in templates.locales(step.template):
        for channel, names in product(step.channels, _OPTIONAL):
            values = {name: value for name, value in SAMPLE.items() if name not in names}
            try:
                templates.render(
                    step.template, version=version, locale=language, channel=channel, values=values, fallback=language
                )
            except TemplateFault as fault:
                if fault.placeholder in names:
                    lacking[fault.placeholder].append(f"{language} {channel}")
    for name, where in sorted(lacking.items()):
        text = f"{step.key}: shows {name!r} ({', '.join(where)}); after an event without it the message is held"
        cure = f"write {{% if {name} is defined %}}…{{% endif %}} around it, or let every event tell it"
        yield written.document.warning(("steps", n, "template"), "needs-detail", text, cure=cure)


def _check_class(written: Written, n: int, templates: Templates) -> Iterator[Finding]:
    step = written.protocol.steps[n]
    version = templates.version(step.template)
    for language in templates.locales(step.template):
        try:
            kind = templates.message_class(step.template, version=version, locale=language)
        except FollowupError:  # a broken text is reported by the check of the texts
            continue
        if kind is not step.message_class:
            text = f"{step.key}: is {step.message_class}, its text {language} is {kind}"
            cure = "write the same class in both"
            yield written.document.finding(("steps", n, "class"), "class-mismatch", text, cure=cure)


def check_detail(written: Written, templates: Templates, clinics: Iterable[WrittenClinic]) -> Iterator[Finding]:
    """Whether every clinic allows what the SMS of each step may say: such a text would be held."""
    strict = sorted(c.clinic.id for c in clinics if c.clinic.sms_detail_level is not DetailLevel.TREATMENT)
    for n, step in enumerate(written.protocol.steps):
        if strict and step.template in templates.refs and _names_treatments(templates, step.template):
            text = f"{step.key}: its SMS may name treatments, which {', '.join(strict)} does not allow"
            cure = "set sms_detail_level: treatment in the clinic's file, or sms_detail: generic in the text"
            yield written.document.finding(("steps", n, "template"), "detail-not-allowed", text, cure=cure)


def _names_treatments(templates: Templates, ref: str) -> bool:
    version = templates.version(ref)
    try:
        levels = [templates.sms_detail(ref, version=version, locale=one) for one in templates.locales(ref)]
    except FollowupError:  # a broken text is reported by the check of the texts
        return False
    return DetailLevel.TREATMENT in levels


def shared_codes(written: Sequence[Written]) -> Iterator[Finding]:
    """A note where one treatment enrolls into several protocols."""
    owners: dict[str, list[CareProtocol]] = defaultdict(list)
    for one in written:
        for n, code in enumerate(one.protocol.treatment_codes):
            if owners[code]:
                text = f"{code!r} also enrolls into {', '.join(p.key for p in owners[code])}"
                cure = "fine if both are meant: the patient gets both"
                yield one.document.warning(("treatment_codes", n), "shared-code", text, cure=cure)
            owners[code].append(one.protocol)


def _read(path: Path) -> tuple[list[Written], list[Finding]]:
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        return [], [Finding(str(path), 1, "no-file", "there is no such file", "name a protocol file or a folder")]
    found, findings = read_protocol(path)
    return [found] if found else [], findings
