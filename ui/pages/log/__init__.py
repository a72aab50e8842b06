"""The page 联系记录."""
