"""What is searched for in the parts of a file, and how it might be written there."""
