"""What people open: MkDocs turns Markdown into pages; the rest makes them safe and publishes."""
