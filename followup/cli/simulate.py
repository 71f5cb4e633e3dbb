"""`followup simulate`: a synthetic clinic's year on the real engine in virtual time, checked by other rules."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import WRONG, JsonFlag, emit, guard, read_settings

if TYPE_CHECKING:
    from followup.sandbox.simulation.run import Result

app = typer.Typer(add_completion=False)

Patients = Annotated[int, typer.Option(min=1, max=20_000, help="How many invented patients.")]
Months = Annotated[int, typer.Option(min=1, max=24, help="How long they are followed.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same people and happenings.")]
Faults = Annotated[bool, typer.Option("--faults", help="Crashes, a lying network, receipts shuffled and repeated.")]
Price = Annotated[float, typer.Option(min=0, help="What a segment of a text costs, for the estimate.")]


@app.command()
@guard
def simulate(
    *,
    patients: Patients = 200,
    months: Months = 12,
    seed: Seed = 1,
    faults: Faults = False,
    price: Price = 0.011,
    as_json: JsonFlag = False,
) -> None:
    """Live a synthetic clinic's time with this installation's protocols and texts; exit 1 if a promise is broken.

    Patients live in ten zones, opt out, move, die, have wrong numbers and consents that end. What was sent, and what
    was not, is checked by rules written apart from the engine's own. Nothing leaves this machine.
    """
    from followup.sandbox.simulation.crew import simulate_all
    from followup.sandbox.simulation.run import Order

    begun, order = time.monotonic(), Order(patients, months, seed, faults)
    with _progress(quiet=as_json) as progress:
        result = simulate_all(order, read_settings(), progress=progress)
    took = time.monotonic() - begun
    data = _data(result, price=price) | {"seconds": round(took, 1), "seed": seed, "months": months, "faults": faults}
    emit(data, as_json, text="\n".join(_lines(data)))
    if not result.is_kept:
        raise typer.Exit(WRONG)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, a line for every tenth elsewhere."""
    if quiet:
        yield lambda _share: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("simulating", total=1.0)
            yield lambda share: bar.update(task, completed=share)
    else:
        yield _Tenths().say


class _Tenths:
    """Says how far it is, each tenth once."""

    def __init__(self) -> None:
        self._said = 0

    def say(self, share: float) -> None:
        """A line if another tenth is done."""
        if int(share * 10) > self._said:
            self._said = int(share * 10)
            typer.echo(f"simulated {self._said * 10} %", err=True)


def _data(result: "Result", *, price: float) -> dict[str, Any]:
    numbers = dict(result.numbers)
    return {
        "kept": result.is_kept,
        "promises": [
            {"promise": p.name, "checked": p.checked, "broken": len(p.broken), "where": list(p.broken[:20])}
            for p in result.promises.values()
        ],
        "sent": [
            {"class": k, "channel": c, "outcome": o, "number": n} for (k, c, o), n in sorted(result.sent.items())
        ],
        "not_sent": [{"class": k, "reason": r, "number": n} for (k, r), n in sorted(result.not_sent.items())],
        "numbers": numbers,
        "cost": {"segments": numbers.get("segments", 0), "price": price,
                 "total": round(numbers.get("segments", 0) * price, 2)},
    }  # fmt: skip


def _lines(data: dict[str, Any]) -> Iterator[str]:
    n, cost = data["numbers"], data["cost"]
    yield (
        f"{n['patients']} patients, {data['months']} months, seed {data['seed']}: {n['events']} events, "
        f"{n['replies']} replies, {n.get('campaigns', 0)} campaigns, {n['messages']} messages planned"
    )
    if data["faults"]:
        yield f"faults: {n.get('crashes', 0)} crashes, {n.get('in doubt', 0)} texts in doubt at the end"
    yield "\npromises                                      checked  broken"
    for p in data["promises"]:
        yield f"  {p['promise']:<42} {p['checked']:>8}  {p['broken']:>6}"
        yield from (f"      {where}" for where in p["where"])
    yield "\nsent, by what became of it"
    for s in data["sent"]:
        yield f"  {s['class']:<14}{s['channel']:<6} {s['outcome']:<12}{s['number']:>6}"
    yield "\nnot sent, by reason"
    for reason in dict.fromkeys(s["reason"] for s in sorted(data["not_sent"], key=lambda s: s["reason"])):
        some = {s["class"]: s["number"] for s in data["not_sent"] if s["reason"] == reason}
        told = ", ".join(f"{kind} {number}" for kind, number in sorted(some.items()))
        yield f"  {reason:<18}{sum(some.values()):>6}  ({told})"
    yield f"\nstill to come: {n.get('to come', 0)}; told together with another: {n.get('merged', 0)}"
    yield f"cost: {cost['segments']} segments of text at {cost['price']} are {cost['total']:.2f}"
    verdict = "every promise kept" if data["kept"] else "A PROMISE WAS BROKEN"
    yield f"{verdict}, in {data['seconds']} s"
