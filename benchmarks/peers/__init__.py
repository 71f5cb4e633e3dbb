"""The same faults with other queues side by side."""
