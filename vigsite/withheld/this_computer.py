"""Whose computer this is: names and places that no file of a family should carry."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Iterator
from pathlib import Path

from vigsite.audit.search.matcher import Secret

_COMMON = {*("root", "user", "admin", "administrator", "runner", "nobody", "guest", "localhost")}
"""Names that tell nothing."""
_REMEDY = "Take it out of what is shown here, or build under another account; and report it."


def machine_secrets() -> Iterator[Secret]:
    """The user's name and home folder, and the name of the computer."""
    home = Path.home()
    if len(home.parts) > 2:
        yield Secret(str(home), "the home folder of this computer's user", remedy=_REMEDY)
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    origins = {user: "the user of this computer", socket.gethostname(): "this computer's name"}
    for name, origin in origins.items():
        if len(name) >= 4 and name.lower() not in _COMMON:
            yield Secret(name, origin, remedy=_REMEDY)
