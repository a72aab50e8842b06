"""Quadrants, segments, personas and battle maps."""
