"""Reasons to contact a customer this week."""
