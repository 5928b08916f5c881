"""Fingerprint terminals: their logs taken in exactly once, and what a person must look at."""
