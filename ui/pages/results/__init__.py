"""录入结果: numbered sheets come back, typed row by row or as a filled file."""
