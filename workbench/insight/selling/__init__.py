"""What is said of the branch's products: the sheet of each, and the guide of those that open the door (domain 3, 11.6, 13.4)."""
