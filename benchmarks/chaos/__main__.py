"""`python -m benchmarks.chaos`."""

from benchmarks.chaos.run import main
from followup.cli.common import one_line

with one_line():
    raise SystemExit(main())
