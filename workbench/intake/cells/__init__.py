"""Cells to values, a column at a time."""
