"""Lists of customers by condition."""
