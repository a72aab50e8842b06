"""The evening review of a day, and the week's report that is drafted from the log (domain 13.4)."""
