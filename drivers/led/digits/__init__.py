"""Seven-segment digit strips, which can show a number and nothing else."""
