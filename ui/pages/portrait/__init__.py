"""One customer as a whole."""
