"""The question that logs a contact, and its parts."""
