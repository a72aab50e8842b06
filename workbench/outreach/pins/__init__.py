"""Notes pinned on the head of a customer."""
