"""Print jobs: what is to come out of which printer, and whether it did."""
