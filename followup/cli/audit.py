"""`followup audit`: is the audit trail whole?"""

from dataclasses import asdict

import typer

from followup.cli.common import WRONG, JsonFlag, emit, guard, open_context

app = typer.Typer(no_args_is_help=True, help="The audit trail: verify.")


@app.callback()
def group() -> None:
    """The audit trail."""


@app.command()
@guard
def verify(as_json: JsonFlag = False) -> None:
    """Walk the hash chain: exit 1 with the place where an entry is missing or was changed."""
    from followup.services.upkeep import seal

    found = seal.verify(open_context())
    whole = found.broken_at is None
    text = (
        f"whole: {found.entries} entries, {found.unsealed} wait for their seal"
        if whole
        else f"broken at entry {found.broken_at}: {found.problem} ({found.entries} entries before it are whole)"
    )
    emit(asdict(found), as_json, text=text)
    if not whole:
        raise typer.Exit(WRONG)
