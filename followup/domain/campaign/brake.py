"""The brake: a campaign pauses by itself where too many of its last messages fail, or make people ask to stop."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: So many must have an outcome before a share says anything.
LEAST_ENDED, LEAST_READ = 20, 100
FAILED_SHARE, STOPPED_SHARE = 0.2, 0.05


@dataclass(frozen=True, slots=True)
class Fate:
    """How the message of one recipient fared so far: taken by the provider, or failed with a code."""

    variant: str
    failed: bool
    code: str = ""
    stopped: bool = False  # the person asked for no more


def cause_to_stop(fates: Sequence[Fate]) -> str:
    """Why the campaign must pause, in plain words; empty where all is well."""
    failed = [f for f in fates if f.failed]
    if len(fates) >= LEAST_ENDED and len(failed) >= FAILED_SHARE * len(fates):
        code, times = Counter(f"code {f.code}" if f.code else "no code" for f in failed).most_common(1)[0]
        return f"brake: {len(failed)} of the last {len(fates)} messages failed, {times} of them with {code}"
    for variant in dict.fromkeys(f.variant for f in fates):
        read = [f for f in fates if f.variant == variant and not f.failed]
        stopped = sum(f.stopped for f in read)
        if len(read) >= LEAST_READ and stopped >= STOPPED_SHARE * len(read):
            which = f" of variant {variant}" if variant else ""
            return f"brake: {stopped} of the last {len(read)} people{which} asked for no more messages"
    return ""
