"""torclint: static linter and optimizer for Torc workflow specs."""

__version__ = "0.1.0"
