"""Units, their staff, and the accounts with which people sign in."""
