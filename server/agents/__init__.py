"""What device agents ask of the hall and tell it."""
