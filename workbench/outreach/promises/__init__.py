"""What was promised to customers: 我答应过的事."""
