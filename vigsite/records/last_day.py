"""Whether this machine's clock can be right: what people agreed to depends on the day.

With a clock that has fallen back, what was withdrawn would be shown again, and what is withdrawn
now would count as older than the agreement it takes back.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vigsite.errors import VigsiteError
from vigsite.terminal.quoting import in_shell

_TRAVEL = dt.timedelta(days=1)
"""Between time zones a day may fall back by one."""


def refuse_fallen_back(last_used: dt.date | None, case_dir: Path) -> None:
    """Raise VigsiteError when today is before the day on which a case was last used.

    `last_used` is that day, None when nothing tells.
    """
    today = dt.date.today()
    if last_used and today + _TRAVEL < last_used:
        raise VigsiteError(
            f"{case_dir.name}: this machine's clock says {today}, but the case was last used "
            f"on {last_used}. Who agreed to what depends on the day, so nothing was done. Set the "
            "clock right and run it again; if it was wrong before and is right now, say so: "
            f"vigsite record {in_shell(case_dir)} --clock-is-right"
        )
