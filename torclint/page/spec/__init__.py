"""The page about a spec: what is in it, what it costs, what is wrong with it, and what a fix makes of it."""
