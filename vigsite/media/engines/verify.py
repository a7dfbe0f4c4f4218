"""Looks at what ffmpeg made: an exit status of 0 proves nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from vigsite.errors import MediaError
from vigsite.media.recipes.recipe import Clip, Picture, Recipe


def verify(recipe: Recipe, folder: Path, what: str, said: str = "") -> None:
    """Raises MediaError when a file of `recipe` in `folder` is not what was asked for.

    `said` is what ffmpeg said while it made them.
    """
    try:
        for picture in recipe.pictures:
            _verify_picture(picture, folder, what)
        if recipe.clip is not None:
            _verify_clip(recipe.clip, folder, what)
    except MediaError as error:
        words = said.strip().splitlines()[-1:]
        raise MediaError(
            f"{error} ffmpeg's last words: {words[0]}" if words else str(error)
        ) from error


def _verify_picture(picture: Picture, folder: Path, what: str) -> None:
    import av

    try:
        with av.open(str(folder / picture.name), format="jpeg_pipe") as opened:
            frame = next(opened.decode(video=0))
            size = (frame.width, frame.height)
    except (av.FFmpegError, OSError, StopIteration) as error:
        raise _wrong(what, "its picture cannot be opened") from error
    if size != (picture.width, picture.height):
        raise _wrong(what, f"its picture is {size[0]} x {size[1]} pixels large")


def _verify_clip(clip: Clip, folder: Path, what: str) -> None:
    import av

    try:
        with av.open(
            str(folder / clip.name), container_options={"format_whitelist": "mov"}
        ) as made:
            stream = made.streams.video[0]
            size = (stream.width, stream.height)
            sound = bool(made.streams.audio)
            base = stream.time_base or Fraction(1, 1)
            times = sorted(p.pts for p in made.demux(stream) if p.pts is not None and p.size)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise _wrong(what, "it cannot be opened") from error
    if size != (clip.width, clip.height):
        raise _wrong(what, f"it is {size[0]} x {size[1]} pixels large")
    if abs(len(times) - clip.frames) > (0 if clip.exact else 1):
        raise _wrong(what, f"it has {len(times)} frames instead of {clip.frames}")
    if not times or times[0] != 0:
        raise _wrong(what, "it does not start at its first frame")
    shown = times[-1] * base * clip.rate
    if abs(shown - (len(times) - 1)) > 1:
        raise _wrong(what, "its frames do not keep their rate")
    if sound and not clip.sound:
        raise _wrong(what, "it carries sound that it should not have")


def _wrong(what: str, found: str) -> MediaError:
    return MediaError(
        f"Could not make {what}: {found}. The recording may be damaged there; "
        "play it at that place, or copy it again from the camera or phone."
    )
