"""What a stranger might ask a server, and whether its answers let anything out."""
