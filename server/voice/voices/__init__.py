"""The voices of the Kokoro model that Hallkeeper ships; see VOICES.toml."""
