"""A person's data: told to him, deleted on his request, and not kept longer than it may be (domain 17)."""
