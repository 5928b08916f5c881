"""Readers of resident identity cards (居民身份证) with a SAM_V module, on a serial line."""
