"""What several tests use: families, films, prepared cases, the command line."""
