"""Thresholds with unit, range and mark, a person's own rules, the ladder of levels, and sentences built from evidence."""
