"""Columns: the field catalogue, which field each column feeds, what was learnt of head office's sheets."""
