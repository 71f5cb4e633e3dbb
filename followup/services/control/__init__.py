"""Control: people on staff steer what a patient is sent, each act with a name and a reason; a patient may pause too."""

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
    "resume",
    "send_now",
    "skip",
    "stop",
    "undo",
]
