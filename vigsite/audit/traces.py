"""Traces of the machine and the day: other hosts, absolute paths, times, programs' names."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAMESPACES = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
)
"""Addresses that are names: no program ever asks for them."""
_HOST = re.compile(
    r"""(?:https?|wss?|ftps?|sftp|smb|file|rtsp|rtmp|webcal|sms|tel|mailto|stun|turn)\s*:(?=[/\\\w+])"""
    r"""(?:[/\\]{2,})?[^\s"'`<>)\\]*|(?<=["'`(=\s])//[\w\[][\w.\-\[\]:]*\.\w{2,}[^\s"'`<>)]*""",
    re.I,
)
_PATHS = re.compile(
    r"(?<![\w./:~\-])/(?:home|Users|root|tmp|var|mnt|srv|private|Volumes|opt|run/media)/[\w.\-]+"
    r"|(?<![A-Za-z])[A-Za-z]:\\{1,2}[\w.\-]+|\\\\[\w.\-]+\\[\w$.\-]+|file:///?[\w.\-/]+"
    r"|%(?:USERPROFILE|HOMEPATH|APPDATA)%",
    re.I,
)
_STAMP = re.compile(
    r"\b(?:19|20)\d\d[-:/]?\d\d[-:/]?\d\d[T ]\d\d:\d\d(?::\d\d)?|\bBuild Date\b", re.I
)
_PROGRAMS = re.compile(
    r"\b(?:mkdocs[- ]?(?:version|material)?|generator|exiftool|photoshop|imagemagick|ghostscript"
    r"|handbrake|lavf|final cut|premiere)\b[ -:=/]*v?\d+\.\d+",
    re.I,
)
_OURS = re.compile(r"\b(?:never_show|case\.ya?ml|cycle\.ya?ml|closing\.ya?ml|\.vigsite)\b")


def hosts(text: str) -> Iterator[tuple[int, str]]:
    """Place and text of every address of another computer."""
    for found in _HOST.finditer(text):
        if found[0].rstrip(".,;") not in NAMESPACES:
            yield found.start(), found[0][:80]


def traces(text: str) -> Iterator[tuple[int, str]]:
    """Place and clause for each trace of the machine, the day, or the notes' own files."""
    for found in _PATHS.finditer(text):
        yield found.start(), f"holds the path of a computer ({found[0][:60]!r})"
    for found in _STAMP.finditer(text):
        yield found.start(), f"tells when something was made ({found[0][:40]!r})"
    for found in _PROGRAMS.finditer(text):
        yield found.start(), f"tells by which program it was made ({found[0][:40]!r})"
    for found in _OURS.finditer(text):
        yield found.start(), f"names a file or key of a case ({found[0]!r})"
