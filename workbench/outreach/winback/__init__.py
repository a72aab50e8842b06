"""Win-back: a customer whose money left, and how he is won back (domain 4.7, 4.9)."""
