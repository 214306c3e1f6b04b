"""The page about a run, from its store: when what ran, what it used, what was slow, and what failed with what it wrote."""
