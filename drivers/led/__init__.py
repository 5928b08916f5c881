"""LED signs: the small one above a counter and the board of the hall."""
