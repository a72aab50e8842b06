"""How good the warnings were on the book's own past: rolling origins, only what was known then (domain 4.6)."""
