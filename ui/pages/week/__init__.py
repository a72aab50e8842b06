"""What to do this week."""
