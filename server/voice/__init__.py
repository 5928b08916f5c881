"""The hall's voice: what is said, and the sound of it."""
