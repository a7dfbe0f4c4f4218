"""What the recordings become: clips, stills, posters; exact, with nothing identifying inside."""
