"""Where the program begins, also as `python -m vigsite`."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command line; Ctrl-C while it is still loading ends it without a traceback too."""
    try:
        from vigsite.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
