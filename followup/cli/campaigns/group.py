"""The group of commands."""

import typer

app = typer.Typer(no_args_is_help=True, help="Campaigns by hand: whom they are for, lists of people, results.")
