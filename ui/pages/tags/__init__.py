"""The tag library, its health, own tags."""
