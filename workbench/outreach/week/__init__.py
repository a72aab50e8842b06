"""The one ranked list of a week, and the lists of its days."""
