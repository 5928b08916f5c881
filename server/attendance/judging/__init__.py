"""Judging in rows: what must be judged, the evidence gathered, versioned verdicts stored."""
