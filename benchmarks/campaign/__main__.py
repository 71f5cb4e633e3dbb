"""`python -m benchmarks.campaign`."""

import sys

from benchmarks.campaign.run import main

sys.exit(main())
