"""The catalogue as values: what kinds of sheet and which fields there are, and what a heading may mean."""
