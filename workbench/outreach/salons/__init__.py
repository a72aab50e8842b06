"""Salons and other events for customers: guests, steps before and after, attendance (domain 6.7)."""
