"""Every blurred, cropped or muted moment for a person to look at, and what the person answers."""
