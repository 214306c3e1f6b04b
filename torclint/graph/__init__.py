"""The dependency graph: groups of jobs, what each waits for, counts, cycles and cost."""
