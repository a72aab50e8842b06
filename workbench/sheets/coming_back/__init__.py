"""The way back of our own sheets: a filled workbook, sorted, with columns deleted or saved by another program, read again."""
