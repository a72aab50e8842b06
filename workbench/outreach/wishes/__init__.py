"""What each customer would be contacted for in a year, each with the span of days that it fits."""
