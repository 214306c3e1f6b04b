"""Whether two specs do the same: the same jobs, which wait for the same jobs, through light jobs in between or not.

Nothing here knows how the second spec came about: a fix, an editor, or another tool, perhaps in another syntax.
"""
