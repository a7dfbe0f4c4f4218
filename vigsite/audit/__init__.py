"""What a folder or zip gives away: everything is looked at, any finding refuses it."""
