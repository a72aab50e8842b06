"""Meetings with customers: what to prepare, what was agreed, who does what by when."""
