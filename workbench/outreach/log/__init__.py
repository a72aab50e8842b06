"""The contact log: what was logged, its statistics, and how a contact is corrected or taken back."""
