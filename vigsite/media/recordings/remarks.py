"""What is worth saying of a recording that can be used: what is missing, unheard, or counted
otherwise by players. Each is a clause that fits behind the file's name and `which`."""

from __future__ import annotations

from vigsite.case.timecode import format_time
from vigsite.media.recordings.recording import Recording

_APART_US = 100_000
"""How far a player's clock may be off before it is said."""
_EXAMPLE_MS = 5000


def remarks_on(recording: Recording) -> list[str]:
    """Return what to say of a recording when it is added, checked, or looked at."""
    found = []
    if recording.stated_us:
        found.append(breaks_off(recording))
    if recording.unheard:
        found.append(
            "has a sound that cannot be read here, so clips of it will be silent. If it is "
            "to be heard, save a copy of the film as MP4 and use that"
        )
    if (late_us := recording.offset_us) >= _APART_US and recording.duration_ms > 0:
        player = _EXAMPLE_MS + late_us // 1000
        found.append(
            f"begins with {late_us / 1_000_000:.2f} s of sound before its first picture. Times in "
            "cycle.yml count from the first picture, but a player may count from the sound: what "
            f"it shows at {format_time(player)} is {format_time(_EXAMPLE_MS)} here"
        )
    return found


def breaks_off(recording: Recording) -> str:
    """Return where a copy ends that is not whole."""
    there, whole = format_time(recording.duration_ms), format_time(recording.stated_us // 1000)
    return f"breaks off at {there} of {whole}: the copy is not whole"
