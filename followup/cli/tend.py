"""Keeps one role alive on a machine of its own; what `followup worker` turns into once it has checked everything."""

import os
import sys

from followup.cli.supervisor import Role, Supervisor, on_signals

_PAUSE = 0.05


def command(name: str, argv: list[str], *, limit: float) -> list[str]:
    """The command line that keeps `argv` alive and, at SIGTERM, gives it `limit` seconds to drain."""
    return [sys.executable, "-m", "followup.cli.tend", name, f"{limit:g}", *argv]


def main() -> None:
    """Run the role until SIGTERM or Ctrl-C (the second one hurries), starting it again whenever it ends by itself."""
    name, limit, *argv = sys.argv[1:]
    stop, hurry = on_signals()
    keeper = Supervisor(None, os.environ, say=lambda line: print(f"followup: {line}", file=sys.stderr, flush=True))
    keeper.start(Role(name, tuple(argv), float(limit)))
    while not stop.wait(_PAUSE):
        keeper.tend()
    keeper.stop((name,), hurry=hurry)


if __name__ == "__main__":
    main()
