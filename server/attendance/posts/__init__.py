"""Posts (岗位): who has the A and the B role at a counter, and which posts are empty now."""
