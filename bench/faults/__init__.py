"""Faults made on purpose to copies of a small book: kills, full disks, flipped bytes, cut logs, two processes, tampering."""
