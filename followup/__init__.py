"""followup: follows up a clinic's patients by SMS and e-mail."""

import zoneinfo

# The rules of British Columbia, Alberta and Manitoba changed in 2026 and many systems still carry
# older files; the tzdata package is pinned in the lock, so every process computes with the same rules.
zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo.clear_cache()

__version__ = "0.1.0"
