"""SIMULATED fingerprint terminal: the other side of the wire, written apart from the driver.

Nothing in here is used with a real terminal, and nothing in here uses the driver's codecs.
"""
