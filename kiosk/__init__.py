"""Citizens' and guidance-desk pages: take a ticket."""
