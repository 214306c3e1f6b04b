"""The workflow spec: one table of fields, the tree decoded into a Workflow, parameters and variables."""
