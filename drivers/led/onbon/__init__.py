"""Onbon BX-5K and BX-6K font cards (the maker's protocol document, version 1.4)."""
