"""Where a book is kept: one face (`store`), an encrypted SQLite file or a schema on a PostgreSQL server behind it."""
