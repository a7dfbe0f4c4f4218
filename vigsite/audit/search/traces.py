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
_OURS = re.compile(
    r"\bnever_show\b|\b(?:case|cycle|closing|withdrawn|handovers)\.ya?ml\b|(?<!\w)\.vigsite\b"
    r"|\b(?:consent|private|analysis|ratings|baseline|pseudonym|retention|limits|clip_seconds"
    r"|clips_per_cycle|show_principles|only_in|stop_at|shows|withdrawn)[\"']?\s*:(?=\s|[\[{\"'])"
)
_TRACES = (
    (_PATHS, "holds the path of a computer"),
    (_STAMP, "tells when something was made"),
    (_PROGRAMS, "tells by which program it was made"),
    (_OURS, "names a file or key of a case"),
)


def hosts(text: str) -> Iterator[tuple[int, str]]:
    """Place and text of every address of another computer."""
    for found in _HOST.finditer(text):
        if found[0].rstrip(".,;") not in NAMESPACES:
            yield found.start(), found[0][:80]


def traces(text: str) -> Iterator[tuple[int, str, str]]:
    """Place, text and clause for each trace of the machine, the day, or the notes' own files."""
    for pattern, clause in _TRACES:
        for found in pattern.finditer(text):
            yield found.start(), found[0], f"{clause} ({found[0][:60]!r})"
