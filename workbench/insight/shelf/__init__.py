"""The products of a bank: families, regimes, risk levels, and the family of a line of holdings."""
