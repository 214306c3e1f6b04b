"""What a run would be like, worked out from the declared runtimes without running anything."""
