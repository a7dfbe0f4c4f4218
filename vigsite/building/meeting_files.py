"""The review's moments as numbered files, for a meeting tool's own player.

Meeting tools play a file that they are given more smoothly than a window they are shown. The
numbers are the deck's; the names say nothing else.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from vigsite.case.consent import Admission
from vigsite.files.atomic import could_not
from vigsite.media.plan import Plan
from vigsite.pages.shown import MediaFile

LONG_SIDE = 1920
"""Of the largest picture in a review for a shared screen: meeting tools send no more."""


def numbered_files(admission: Admission, plan: Plan) -> tuple[MediaFile, ...]:
    """`01.mp4` for a clip, `02.jpg` for a still, `03-1.jpg` and on for several of one moment."""
    digits = max(2, len(str(len(admission.moments))))
    found = []
    for number, moment in enumerate(admission.moments, 1):
        jobs = plan.moments[moment.name].jobs
        for place, job in enumerate(jobs, 1):
            stem = f"{number:0{digits}}" + (f"-{place}" if len(jobs) > 1 else "")
            if clip := job.recipe.clip:
                found.append(MediaFile(job.key, clip.name, f"{stem}.mp4"))
            else:
                found.append(MediaFile(job.key, job.recipe.pictures[-1].name, f"{stem}.jpg"))
    return tuple(found)


def write_files(files: Sequence[MediaFile], folders: Mapping[str, Path], staging: Path) -> None:
    """Writes them into the empty `staging`, and nothing else.

    `folders` holds what was made, by the key of its job. Raises VigsiteError.
    """
    try:
        for file in files:
            shutil.copyfile(folders[file.key] / file.name, staging / file.uri)  # staged
    except OSError as error:
        raise could_not("write", staging, error) from error
