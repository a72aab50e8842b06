"""登记簿: what happened in the book and what left it, backups, passphrase and recovery code, personal data."""
