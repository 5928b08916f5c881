"""Staff pages: signing in, set-up, devices, today's punches."""
