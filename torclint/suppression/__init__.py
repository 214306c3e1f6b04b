"""Ignores: comments and configuration entries that say which findings are known and meant."""
