"""Devices of the hall: what they are, how they are paired, how they are doing."""
