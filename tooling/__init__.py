"""What `bootstrap.py` does: environment, system packages, quality gate. Standard library only."""
