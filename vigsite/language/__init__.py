"""Words and names in ten languages: how they match, bend, sound and begin; knows no case."""
