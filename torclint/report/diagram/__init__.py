"""The group graph as a picture: stages as boxes, dependencies as lines, never a job of its own."""
