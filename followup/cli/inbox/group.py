"""The group of commands, and how the words of patients are printed."""

import typer

app = typer.Typer(no_args_is_help=True, help="Replies, escalations and mail that came back, for staff.")


def quoted(text: str) -> list[str]:
    """Line by line, without what could steer a terminal."""
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return [f"  | {line}" for line in plain.splitlines()] or ["  | (no words)"]
