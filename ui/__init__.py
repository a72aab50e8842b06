"""Top floor: the window. Knows no SQL and no rule."""
