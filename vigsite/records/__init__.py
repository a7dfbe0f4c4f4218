"""What vigsite remembers of a case between its runs, and where."""
