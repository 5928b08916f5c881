"""What the hall offers: the hall itself, its counters, services and queues."""
