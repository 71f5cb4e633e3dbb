"""A campaign under fire: kills, pauses and changes of pace, and then the carrier's ledger is held against the audience.

`python -m benchmarks.campaign` prints what came of it and ends with 1 if somebody got it twice or was left out.
"""
