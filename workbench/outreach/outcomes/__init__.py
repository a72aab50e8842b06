"""What became of lights and contacts: kept, won back, lost, too early (domain 4.6)."""
