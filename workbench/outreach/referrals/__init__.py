"""Referrals (domain 7): whom customers introduced, what is owed to whom by when, and what became of it."""
