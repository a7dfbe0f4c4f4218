"""A server on this machine, for one browser, that shows a built site; knows no case."""
