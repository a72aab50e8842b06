"""The values of one customer in the tag layers, as typed attributes: an unknown name fails the type check."""
