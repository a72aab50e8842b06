"""The stage of each customer on the journey, folded over the months and kept with its history (domain 3)."""
