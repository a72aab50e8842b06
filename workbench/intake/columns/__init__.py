"""Columns: which field each column feeds, the kind of sheet they make, what was learnt of head office's sheets."""
