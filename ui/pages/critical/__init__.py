"""The page 临界."""
