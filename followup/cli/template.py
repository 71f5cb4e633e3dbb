"""`followup template`: see a text in every language and channel, and what an SMS costs."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import WRONG, ClinicFlag, JsonFlag, emit, guard, open_context, pick_clinic, settings_beside

if TYPE_CHECKING:
    from followup.domain.channels.sms import Segments
    from followup.services.author.proofread import Proof, Sheet

app = typer.Typer(no_args_is_help=True, help="Message templates: preview, segments.")


@app.command()
@guard
def preview(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The text, such as skinpen-microneedling/day-0.")],
    *,
    patient: Annotated[str, typer.Option(metavar="ID", help="As this patient would get it (default: made up).")] = "",
    locale: Annotated[str, typer.Option(help="Only this language (default: all).")] = "",
    html: Annotated[bool, typer.Option("--html", help="Print the HTML of the e-mail instead.")] = False,
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """Both channels in all languages: words, encoding, segments and where every link leads."""
    proof = _proof(ref, patient=patient, locale=locale, clinic=clinic)
    text = "\n".join(s.rendered.html for s in proof.sheets if s.rendered and s.rendered.html) if html else _page(proof)
    emit(_told(proof), as_json, text=text)
    if any(sheet.problem for sheet in proof.sheets):
        raise typer.Exit(WRONG)


@app.command()
@guard
def segments(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The words of an SMS; - reads standard input.")],
    as_json: JsonFlag = False,
) -> None:
    """Encoding, units and segments of a text, and the characters that make it dear."""
    from followup.services.author.proofread import measure

    size = measure(sys.stdin.read().removesuffix("\n") if text == "-" else text)
    emit(_size(size), as_json, text="\n".join(_measured(size)))


def _proof(ref: str, *, patient: str, locale: str, clinic: str) -> "Proof":
    from followup.services.author import proofread as service

    if not patient:
        return service.proofread(settings_beside(), ref, clinic=clinic, locale=locale)
    ctx = open_context()
    return service.proofread_for(ctx, pick_clinic(ctx, clinic), ref, patient=patient, locale=locale)


def _told(proof: "Proof") -> dict[str, Any]:
    return {"ref": proof.ref, "version": proof.version, "texts": [_sheet(sheet) for sheet in proof.sheets]}


def _sheet(sheet: "Sheet") -> dict[str, Any]:
    told: dict[str, Any] = {"locale": sheet.locale, "channel": sheet.channel.value, "problem": sheet.problem}
    if sheet.rendered is not None:
        told |= {"class": sheet.rendered.message_class.value, "text": sheet.rendered.text, "links": list(sheet.links)}
        told["encoding"], told["segments"] = sheet.rendered.encoding, sheet.rendered.segments
    if sheet.rendered is not None and sheet.rendered.html:
        told |= {"subject": sheet.rendered.subject, "html": sheet.rendered.html}
    if sheet.size is not None and sheet.worst is not None:
        told |= {"size": _size(sheet.size), "worst": _size(sheet.worst)}
    return told


def _size(size: "Segments") -> dict[str, Any]:
    from followup.domain.channels.sms import name_of

    return {
        "encoding": size.encoding.value, "units": size.units, "segments": size.segments, "remaining": size.remaining,
        "costly": [{"character": c, "name": name_of(c)} for c in size.costly],
        "doubled": [{"character": c, "name": name_of(c)} for c in size.doubled],
    }  # fmt: skip


def _measured(size: "Segments") -> list[str]:
    from followup.domain.channels.sms import name_of

    lines = [_sum(size)]
    lines += [f"  forces {size.encoding}: {name_of(c)}" for c in size.costly]
    return lines + [f"  counts twice: {name_of(c)}" for c in size.doubled]


def _sum(size: "Segments") -> str:
    plural = "segment" if size.segments == 1 else "segments"
    return f"{size.encoding}, {size.units} units, {size.segments} {plural}, {size.remaining} left in the last"


def _page(proof: "Proof") -> str:
    lines = [f"{proof.ref}  version {proof.version}"]
    for sheet in proof.sheets:
        lines += ["", *_lines(sheet)]
    return "\n".join(lines)


def _lines(sheet: "Sheet") -> list[str]:
    title = f"{sheet.locale}  {'SMS' if sheet.channel == 'sms' else 'e-mail'}"
    if sheet.rendered is None:
        return [title, f"  cannot be written: {sheet.problem}"]
    lines = [f"{title}  {sheet.rendered.message_class}"]
    if sheet.size is not None and sheet.worst is not None:
        lines += [f"  {line.strip()}" for line in _measured(sheet.size)]
        if sheet.worst != sheet.size:
            lines += [f"  at worst, with a long or costly name: {_sum(sheet.worst)}"]
    else:
        lines += [f"  Subject: {sheet.rendered.subject}"]
    lines += [f"  | {line}" for line in sheet.rendered.text.splitlines()]
    return lines + [f"  leads to {link}" for link in sheet.links]
