"""Parts that pages are made of: tables, cards, charts, dialogs' pieces; none knows a page."""
