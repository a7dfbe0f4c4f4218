"""Whether this machine's clock can be right: what people agreed to depends on the day.

With a clock that has fallen back, what was withdrawn would be shown again, and what is withdrawn
now would count as older than the agreement it takes back.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.publish import write_whole

_TRAVEL = dt.timedelta(days=1)
"""Between time zones a day may fall back by one."""


def refuse_fallen_back(folder: Path) -> None:
    """Remembers today in `folder`, a case's `.vigsite/`; the caller holds its lock.

    Raises VigsiteError when a later day was remembered there before.
    """
    today = dt.date.today()
    file = folder / "day.txt"
    try:
        known = dt.date.fromisoformat(file.read_text("utf-8").strip())
    except (OSError, ValueError):
        known = None
    if known and today + _TRAVEL < known:
        raise VigsiteError(
            f"{folder.parent.name}: this machine's clock says {today}, but the case was last used "
            f"on {known}. Who agreed to what depends on the day, so nothing was done. Set the "
            f"clock right and run it again; if it was wrong before and is right now, delete {file}."
        )
    if known is None or today > known:
        write_whole(file, f"{today}\n")
