"""Documents to hand out: sheets of paper as PDF, in Chinese."""
