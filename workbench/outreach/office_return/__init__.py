"""What goes back to head office about the list that it sent: the outcome of each of its customers."""
