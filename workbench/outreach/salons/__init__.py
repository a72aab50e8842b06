"""Salons: who is invited, confirms, attends, and what follows."""
