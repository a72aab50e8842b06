"""What a bank must be able to check: every way out of the book, registered at one door."""
