"""What an edition must not say: everything that its allow-list leaves out, as secrets."""
