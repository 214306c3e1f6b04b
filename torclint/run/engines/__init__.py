"""Engines that run a workflow somewhere else. Each says how jobs are started, watched and stopped there; what a run tells,
its statuses and its outcome are the same for all.
"""
