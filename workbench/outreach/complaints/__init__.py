"""Complaints (domain 9): their files, levels, both clocks, six steps, the turn-around, and how well they were settled."""
