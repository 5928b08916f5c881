"""The clerks' page, and the same commands for a serial call panel."""
