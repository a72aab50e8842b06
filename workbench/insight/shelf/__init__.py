"""What a bank has on its shelf: product families, risk levels, and which line of a list is of which family."""
