"""What a clip or still is to look and sound like, as arguments of ffmpeg and filters."""
