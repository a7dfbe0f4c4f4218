"""What the family takes home, made from the built keepsake alone: it never sees the notes."""
