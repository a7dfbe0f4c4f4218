"""What decodes and encodes: encoders on trial, PyAV for stills, the check of each result."""
