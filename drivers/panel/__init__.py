"""Call panels at the counters and rating pads in front of them, many on one RS-485 bus."""
