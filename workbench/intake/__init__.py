"""First room: a spreadsheet in, checked rows, one reversible commit out."""
