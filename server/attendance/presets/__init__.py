"""Presets: a hall's regulation as dated settings, read from TOML, checked and explained."""
