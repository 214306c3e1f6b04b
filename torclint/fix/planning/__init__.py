"""Which barriers a workflow gains by, where they go, and what each has to be so that only the number of edges changes."""
