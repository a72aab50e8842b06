"""Four pots: what a customer's class allows of each, what he has, and how flows close the gap (domain 8.2, 8.3)."""
