"""Tests of the server for one browser."""
