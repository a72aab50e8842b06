"""今日: whom to contact today, and the review in the evening."""
