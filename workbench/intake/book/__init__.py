"""Checked rows against the book: what would change, who came and went; history and re-issues."""
