"""vigsite: a family's films and notes become the site of their shared review and their keepsake."""

__version__ = "0.1.0"
