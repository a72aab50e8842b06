"""Who introduced whom: circles, self referrals, staff, intermediaries, customers already, the same person twice (domain 7)."""
