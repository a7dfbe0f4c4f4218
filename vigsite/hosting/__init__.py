"""Who may open a family's keepsake from afar: made for a server that is there, never our own."""
