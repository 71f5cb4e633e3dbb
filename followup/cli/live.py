"""`followup doctor --go-live`: what would happen, then the deed; and the lines about trial mode that others show."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from followup.cli.common import emit, open_context, pick_clinic
from followup.domain.errors import FollowupError
from followup.domain.window import to_local

if TYPE_CHECKING:
    from followup.domain.clinic import Clinic
    from followup.services.context import Context
    from followup.services.upkeep.live import Outlook, Standing


def standings(ctx: "Context") -> Iterator["Standing"]:
    """How each clinic stands; nothing where the database cannot tell."""
    from followup.services.upkeep import live

    with suppress(FollowupError):
        for clinic in ctx.clinics.all():
            yield live.standing(ctx, clinic.id)


def is_anybody_live(ctx: "Context") -> bool:
    """True if real patients get messages from here."""
    return ctx.settings.mode == "live" or any(one.live for one in standings(ctx))


def go_live(data: Path | None, *, clinic: str, phrase: str, by: str, as_json: bool) -> None:
    """The first step without a phrase, the second with it."""
    from followup.services.upkeep import live

    ctx, where = _open(data, clinic)
    if not phrase:
        seen = live.ask(ctx, where.id, by=by.strip() or "command line")
        emit(_plain(seen), as_json, text="\n".join(_outlook(seen, where)))
        return
    if not by.strip():
        raise typer.BadParameter("say who decides this", param_hint="--by")
    done = live.confirm(ctx, where.id, phrase, by=by)
    skipped = done.standing.past_due
    emit(
        {"live": True, "clinic": where.id, "by": by.strip(), "skipped": skipped, "released": done.released},
        as_json,
        text=f"{where.id} is live: {done.released} messages go at their time, {skipped} that were past due are skipped",
    )


def go_back(data: Path | None, *, clinic: str, by: str, as_json: bool) -> None:
    """Trial mode again."""
    from followup.services.upkeep import live

    if not by.strip():
        raise typer.BadParameter("say who decides this", param_hint="--by")
    ctx, where = _open(data, clinic)
    live.go_back(ctx, where.id, by=by.strip())
    emit({"live": False, "clinic": where.id, "by": by.strip()}, as_json, text=f"{where.id} is in trial mode")


def _open(data: Path | None, clinic: str) -> "tuple[Context, Clinic]":
    from followup.cli.db import check_database

    ctx = open_context(data=data)
    check_database(ctx.db)
    return ctx, pick_clinic(ctx, clinic)


def _outlook(seen: "Outlook", clinic: "Clinic") -> list[str]:
    found, due = seen.standing, seen.next_due
    at = f", the first on {to_local(due, clinic.time_zone):%Y-%m-%d at %H:%M} ({clinic.time_zone})" if due else ""
    return [
        f"{clinic.id} ({clinic.name}) is in trial mode and holds {found.held} messages.",
        "Going live means: everybody with consent gets messages from now on.",
        f"  {found.past_due} that are past due would be skipped, with the reason trial",
        f"  {seen.released} would go at their time{at}",
        "See them by `followup message list --state held`, and what else is wrong by `followup doctor`.",
        f"If this is meant, within an hour: followup doctor --go-live --confirm {seen.phrase} --by NAME",
    ]


def _plain(seen: "Outlook") -> dict[str, Any]:
    return {
        **asdict(seen.standing),
        "released": seen.released,
        "next_due": seen.next_due.isoformat() if seen.next_due else None,
        "confirm": seen.phrase,
    }
