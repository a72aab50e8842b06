"""Benefits: the rules by which customers get them, who is eligible, what was issued, used, or ran out (domain 8.4)."""
