"""`make fuzz`: files and texts from outside, changed at random, against the rooms that read them."""
