"""How words get to a terminal: unprintable signs are shown, commands quoted for its shell."""
