"""From a case to its sites and packs: what is asked for, examined, made and put in place."""
