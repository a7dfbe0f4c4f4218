"""What each command does, in a module of the command's name; prints nothing."""
