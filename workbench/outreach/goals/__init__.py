"""Goals of month and quarter, the manager's own and head office's, with their pace."""
