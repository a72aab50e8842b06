"""Checked rows against the book: what would change, who came and went, and the one commit."""
