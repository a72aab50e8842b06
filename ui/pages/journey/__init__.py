"""The page 旅程."""
