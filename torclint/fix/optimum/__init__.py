"""The cheapest barriers between producers and consumers, as a problem of sets: nothing here knows what a job is."""
