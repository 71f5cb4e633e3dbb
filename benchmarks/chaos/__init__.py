"""At least a thousand faults in one run, on real processes: nothing lost, nothing twice.

python -m benchmarks.chaos [--database sqlite|postgresql] [--patients 4000] [--faults 1000] [--seed 1] [--json]

| Part | Does |
| --- | --- |
| cast.py | who is treated and what each may get, said from the protocol's paper alone: the model |
| house.py | the roles as processes, and what a supervisor does for them |
| deeds.py | the faults: kills, pauses, FLUSHALL, restarts, and what carrier and mail server play |
| run.py | tells of the treatments while the faults go on, then waits for quiet |
| judge.py | holds the ledgers of carrier and mail server against the model, and the database against both |
| table.py | the outcome as a table or JSON |
"""
