"""The maturing money of a year by week and product, and where matured money went."""
