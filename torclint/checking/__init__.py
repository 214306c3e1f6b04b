"""Checking specs: one text, or all files that paths lead to."""
