"""Persons without an account: the least that is needed, with consent and an expiry (domain 7, 17)."""
