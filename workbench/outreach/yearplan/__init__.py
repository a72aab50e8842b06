"""The touch plan of a year as it stands in the book: made, brought up to date, changed by hand."""
