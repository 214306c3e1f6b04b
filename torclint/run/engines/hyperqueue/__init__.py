"""HyperQueue as the engine: one job of many tasks, each of which runs a small wrapper that does what Torc's runner does."""
