"""Publication (公示): frozen versions, objections, notices to units, the year's file."""
