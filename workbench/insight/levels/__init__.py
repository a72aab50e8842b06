"""The level of a customer over the months: kept, watched, lifted or lost, folded month by month."""
