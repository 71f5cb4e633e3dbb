"""Facts: what a set of events says about patients, whatever order the events came in."""

from followup.domain.facts.fold import Facts, PatientFacts, fold

__all__ = ["Facts", "PatientFacts", "fold"]
