"""Lumen C-Power5200 cards (the maker's multi-window protocol, version 1.9)."""
