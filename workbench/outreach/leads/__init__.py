"""Leads: reasons to contact a customer this week."""
