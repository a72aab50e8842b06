"""What the tag layers tell of one customer, by name and with types: a name that does not exist fails the type check."""
