"""Head office's own workbook, filled in: only blank cells are written, and nothing else of the file is touched."""
