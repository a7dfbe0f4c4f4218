"""What people read: an edition's projection, and plain Markdown written from it."""
