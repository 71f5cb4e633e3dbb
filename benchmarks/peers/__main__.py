"""The same faults with peers side by side: how many of N messages stay unsent, and how many go twice.

    followup bench peers [--messages 2000] [--kills 10] [--restarts 2] [--only celery,followup-sqlite]

Every entrant has two worker groups (followup its scheduler too) and messages due at one instant. Each time the carrier
has got a further share of them, one group chosen by the seed is killed with -9 and started again, or the server
(Valkey, or PostgreSQL where that is the queue) is. Once nothing has come for `--quiet` seconds the carrier's own ledger
is counted. The peers are installed into a cache folder of their own from `benchmarks/peers/requirements.txt`.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.peers.contest import Result, Wish, run
from benchmarks.peers.entrants import ENTRANTS, Entrant


def main(words: Sequence[str] | None = None) -> int:
    """Run the entrants one after the other and print the table; exit 1 if followup lost or repeated one."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("messages", 2000), ("kills", 10), ("restarts", 2), ("seed", 1)):
        given.add_argument(f"--{name}", type=int, default=default)
    given.add_argument("--quiet", type=float, default=135.0)
    given.add_argument("--only", default=",".join(ENTRANTS))
    asked = given.parse_args(words)
    wish = Wish(asked.messages, asked.kills, asked.restarts, asked.quiet, asked.seed)
    results: dict[str, Result] = {}
    for name in asked.only.split(","):
        with tempfile.TemporaryDirectory(prefix="followup peers ", ignore_cleanup_errors=True) as folder:
            results[name] = run(ENTRANTS[name].prepare, wish, Path(folder))
        Console().print(name, results[name])
    Console(width=140).print(_table(results, wish))
    ours = [result for name, result in results.items() if name.startswith("followup")]
    return int(any(one.unsent or one.twice for one in ours))


def _table(results: dict[str, Result], wish: Wish) -> Table:
    table = Table(title=f"{wish.messages} messages, {wish.kills} kill -9, {wish.restarts} restarts of the server")
    for column in ("who", "unsent", "sent twice", "first to last, s", "settings"):
        table.add_column(column, justify="left" if column in {"who", "settings"} else "right")
    for name, result in results.items():
        who: Entrant = ENTRANTS[name]
        table.add_row(who.name, str(result.unsent), str(result.twice), f"{result.seconds:.0f}", who.settings)
    return table


if __name__ == "__main__":
    raise SystemExit(main())
