"""What may not stand any more, where it lies, and how it is taken away."""
