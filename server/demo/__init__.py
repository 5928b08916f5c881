"""The demonstration: a sample hall, simulated devices, and one page that shows them all."""
