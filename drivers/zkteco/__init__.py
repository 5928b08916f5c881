"""Fingerprint terminals (考勤机) that speak ZKTeco's protocol.

Codecs turn bytes into values, `session` and its neighbours talk to one terminal, `worker` runs
each such talk in a process that can be killed, `reconcile` says what in a log is new. Fingerprint
templates are never read, kept or passed on.
"""
