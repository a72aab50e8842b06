"""Below all rooms: errors, words, dates, money, settings, small expressions; it knows no rule and no customer."""
