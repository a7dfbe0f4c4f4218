"""What a penetration tester would ask of the server, and nothing of any other."""
