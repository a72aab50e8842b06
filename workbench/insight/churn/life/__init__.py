"""The life of a verdict: in which state it stands, since when, and why (domain 4.5)."""
