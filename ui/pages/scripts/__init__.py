"""The page 话术."""
