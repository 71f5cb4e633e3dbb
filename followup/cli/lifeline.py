"""Ties a child process to its parent, so that nothing lives on when a supervisor is killed."""

import os
import sys
from collections.abc import Sequence

# A launcher rather than `preexec_fn`, which may deadlock in a process that has threads. PR_SET_PDEATHSIG is 1,
# SIGTERM 15; the kernel keeps the setting over exec. A parent that died before the call is seen by getppid.
_LAUNCH = (
    "import ctypes, os, sys\n"
    "ctypes.CDLL(None).prctl(1, 15)\n"
    "if os.getppid() == int(sys.argv[1]): os.execvp(sys.argv[2], sys.argv[2:])\n"
)


def tied(argv: Sequence[str]) -> list[str]:
    """`argv` so that the kernel sends it SIGTERM when the thread that starts it ends (Linux; elsewhere as it is)."""
    if sys.platform != "linux":
        return list(argv)
    return [sys.executable, "-I", "-S", "-c", _LAUNCH, str(os.getpid()), *argv]
