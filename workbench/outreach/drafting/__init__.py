"""The parts of a draft: capacity, rows, days, the one item, the order of the week."""
