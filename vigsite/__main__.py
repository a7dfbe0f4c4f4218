"""`python -m vigsite` is the same as `vigsite`."""

from vigsite.cli import main

main()
