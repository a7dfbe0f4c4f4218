"""What is known of a recording: its frames, clocks, tracks, pictures and sound."""
