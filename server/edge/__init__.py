"""Between HTTP and the use cases: who is asking, in which language, and how errors are told."""
