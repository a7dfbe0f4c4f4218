"""What the practitioner wrote: reads the YAML of a case, touches nothing, starts nothing."""
