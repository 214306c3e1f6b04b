"""Configuration: what may be set, the files it is set in, and what is in force for a path."""
