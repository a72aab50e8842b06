"""日历: the year of contact by year, month, week and day."""
