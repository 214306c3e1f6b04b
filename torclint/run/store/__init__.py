"""The state of a run in a SQLite file, so that nothing is lost when the runner dies, and nothing is done twice."""
