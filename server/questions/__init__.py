"""First-asked responsibility (首问责任): what citizens asked, whom first, and what came of it."""
