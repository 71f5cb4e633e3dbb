"""A loopback carrier, a synthetic clinic and fakes: shared by demo, tests and integrators."""
