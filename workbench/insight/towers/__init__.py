"""The three towers: levels over the months, what keeps or lifts them, and how well each tower is served."""
