"""Needs of customers: with what they are believed, of which class they are, what follows (domain 15)."""
