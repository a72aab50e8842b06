"""Loss first aid (domain 8.6): who lost how much with what, by when he is spoken to, six steps, three choices, no promise."""
