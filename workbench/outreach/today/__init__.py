"""The list of one day: 今日清单."""
