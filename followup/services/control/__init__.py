"""Control: people on staff steer what a patient is sent, each act with a name and a reason; a patient may pause too."""

from followup.services.control.interrupt import pause_one, resume_one
from followup.services.control.steer import Steered, send_now, skip, undo
from followup.services.control.withhold import (
    end_own_pause,
    end_pauses,
    hold_back,
    let_on,
    own_pause,
    pause,
    resume,
    stop,
)

__all__ = [
    "Steered",
    "end_own_pause",
    "end_pauses",
    "hold_back",
    "let_on",
    "own_pause",
    "pause",
    "pause_one",
    "resume",
    "resume_one",
    "send_now",
    "skip",
    "stop",
    "undo",
]
