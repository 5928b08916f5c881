"""The agent's voice: the chime, and clips played on a sound card."""
