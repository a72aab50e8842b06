"""The seven critical classes of customers in one queue."""
