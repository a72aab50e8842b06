"""Levels and how well each is served."""
