"""Forms with fixed headings that a person fills in and brings back: the empty workbook, and its rows as values."""
