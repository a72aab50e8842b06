"""Rows and numbers that may be one customer."""
