"""The year of contact as a calendar file (.ics): its entries, what changed since the last one, the file itself."""
