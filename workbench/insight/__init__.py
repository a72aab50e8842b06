"""Second room: snapshots in, what is true of a customer out, each with its reason."""
