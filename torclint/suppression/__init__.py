"""Ignores: comments and configuration entries that say which findings are known and meant."""

MARK = "torclint:"  # what a comment for torclint begins with
