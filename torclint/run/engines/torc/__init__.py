"""Torc itself as the engine: the workflow is created on its server, run or submitted there, and followed to its end."""
