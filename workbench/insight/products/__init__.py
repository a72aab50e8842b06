"""Portrait x product: who holds what, what would fit next, and what may not be sold to whom."""
