"""What the recordings become: clips, stills and posters, cut exactly, nothing identifying inside."""
