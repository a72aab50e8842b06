"""One file under review: recognised, decided by a person, set against the book, reported; then the one commit."""
