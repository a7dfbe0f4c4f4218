"""Tests mirror the modules of vigsite/; tests/browser looks at built sites in Chromium."""
