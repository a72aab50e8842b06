"""Gifts: the ledger of what customers are given, and the stock (domain 6.7, 8.5)."""
