"""Our film: the moments one after another, with words on held pictures."""
