"""What came of the methods of the 531 and of scripts, beside similar customers who were not contacted (domain 12.5)."""
