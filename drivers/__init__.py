"""Devices: one folder per kind with codec, device and simulated twin; the agent runs them."""
