"""Where a customer stands on the journey."""
