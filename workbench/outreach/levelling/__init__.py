"""Wishes placed on workdays within the capacity, and the proof of what does not fit."""
