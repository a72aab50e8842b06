"""The people picker: lists by condition, with who is left out and why."""
