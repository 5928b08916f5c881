"""Notices to staff: patrol findings, leave that waits, signatures that are still missing."""
