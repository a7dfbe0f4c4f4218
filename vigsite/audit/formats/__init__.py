"""How a file of each kind is taken apart for the search."""
