"""Tickets: taking a number, calling it, serving it."""
