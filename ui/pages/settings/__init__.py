"""Rules, thresholds, the book and this PC."""
