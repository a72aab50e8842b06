"""Customer genes: relationship quadrant, style, segments and personas, with their contradictions."""
