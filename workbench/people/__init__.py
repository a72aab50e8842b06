"""What concerns one person wherever he is met: how much of him is shown."""
