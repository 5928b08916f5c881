"""Hall screens, announcements and a citizen's own ticket page."""
