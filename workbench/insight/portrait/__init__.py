"""One customer as a whole: what the lists tell, what follows from it, what to do and what not to say."""
