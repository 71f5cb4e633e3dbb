"""A small `templates` folder for tests, and ways to change it."""

from collections.abc import Mapping
from pathlib import Path

from followup.content.samples import SAMPLE
from followup.content.templates import Rendered, Templates
from followup.domain.message import Channel

REF = "care/day-1"
SMS = "{{ clinic_name }}: rest today. Worse? Call {{ clinic_phone }}. {{ link }} {{ stop_line }}"
BODY = "Rest, {{ given_name }}.\n\nIn an emergency call 911, else {{ clinic_phone }}."


def source(*, sms: str = SMS, subject: str = "Your care guide", body: str = BODY, front: str = "class: care") -> str:
    """One sound file, with what a test changes."""
    return f"---\n{front}\n---\n--- sms ---\n{sms}\n--- subject ---\n{subject}\n--- body ---\n{body}\n"


def folder(tmp_path: Path, files: Mapping[str, str] | None = None, **parts: str) -> Path:
    """A folder with one template in English and French, or with these files."""
    home = tmp_path / "messages" / REF
    home.mkdir(parents=True)
    default = {"en-CA.j2": source(**parts), "fr-CA.j2": source(**parts)}
    for name, text in (files if files is not None else default).items():
        (home / name).write_text(text, encoding="utf-8")
    return tmp_path


def render(
    templates: Templates, channel: Channel = Channel.SMS, *, ref: str = REF, locale: str = "en-CA", **values: object
) -> Rendered:
    """The text on disk with the sample values and what a test changes."""
    return templates.render(
        ref,
        version=templates.version(ref),
        locale=locale,
        channel=channel,
        values={**SAMPLE, **values},
        fallback="en-CA",
    )


def page(templates: Templates, *, ref: str = REF, locale: str = "en-CA", **values: object) -> str:
    """The HTML behind a short SMS."""
    return templates.full_text(ref, version=templates.version(ref), locale=locale, values={**SAMPLE, **values}).html
