"""A file's way into the book: review, questions, history."""
