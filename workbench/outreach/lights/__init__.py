"""Which lit customers are worked on this week: order, places, queue, and what changed (domain 4.4, 4.5)."""
