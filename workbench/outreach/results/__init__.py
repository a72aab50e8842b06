"""Results that come back on numbered sheets, typed or as a file: shown first, then entered in one change."""
