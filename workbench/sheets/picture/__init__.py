"""A picture of a printed sheet: scanned or photographed, straightened by the codes at its corners, its boxes read."""
