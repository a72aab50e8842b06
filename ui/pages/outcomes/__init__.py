"""What became of lights and contacts."""
