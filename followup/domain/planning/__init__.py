"""Planning: from facts and protocols to what each enrollment should hold, and to what must change in the rows."""

from followup.domain.planning.course import Course, Drop, Known, Plan, SourceKey
from followup.domain.planning.plan import plan
from followup.domain.planning.replan import Added, Carrier, Changes, Existing, known, replan
from followup.domain.planning.timing import Place, Planned, time_step

__all__ = [
    "Added",
    "Carrier",
    "Changes",
    "Course",
    "Drop",
    "Existing",
    "Known",
    "Place",
    "Plan",
    "Planned",
    "SourceKey",
    "known",
    "plan",
    "replan",
    "time_step",
]
