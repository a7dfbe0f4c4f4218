"""The practitioner's own screen: a server on this machine that shows a built review edition."""
