"""Who may be seen and what a person has to look at: the notes, held against the record."""
