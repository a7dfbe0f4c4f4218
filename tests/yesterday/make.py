"""Makes what `tests.yesterday` unpacks: run once for a version, by the code of that version.

    git switch --detach COMMIT        # of the version, with this file put beside its tests
    PYTHONPATH=$PWD python -m tests.yesterday.make 0.1.0-before-record

Later code must not make it anew: it would write what it remembers itself. The families and their
film are made up; every command is the real one, in a folder whose path tells nothing of this
machine.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.helpers.counted_films import counted_film
from tests.helpers.families import Family, family, guarded
from vigsite.media import ffmpeg

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
_DAYS = 30
"""Of access."""
_SMALL = ("-crf", "34", "-b:a", "48k")
"""Of the film: its numbers can still be read, and the archive is half as large."""
_WORDS = re.compile(r"\b[a-z]+(?:-[a-z]+){5}\b")
_LEFT_OUT = {"program", "film.mp4"}
"""In the folder for making it only."""
_AGREED = "for: [review, keepsake, supervision]"
_AWAY = "  - {id: wave, still: 0:00.4, shows: [ash, dad], title: A wave}\nreview:"


@dataclass(frozen=True)
class _Making:
    root: Path

    def begun(self, *arguments: str) -> subprocess.Popen[str]:
        """A command that is under way."""
        program = str(self.root / "program" / "ffmpeg")
        return subprocess.Popen(
            [sys.executable, "-m", "vigsite", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "VIGSITE_FFMPEG": program},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """Gives one command; it has to go well."""
        command = self.begun(*arguments)
        out, err = command.communicate()
        if command.returncode:
            sys.exit(f"vigsite {' '.join(arguments)}\n{out}{err}")
        return out

    def family(self, name: str) -> Family:
        return guarded(family(self.root / "cases" / name, self.root / "film.mp4"))

    def looked(self, name: str, *said: str) -> None:
        """Answers to what was covered, cropped or muted: `--yes` or `--no`, and the moment."""
        self.run("preview", f"cases/{name}", "--no-open", *said)

    def host(self, name: str, *more: str) -> tuple[str, str]:
        """Hosts a family; gives its address, and its passphrase if that is told."""
        until = dt.date.today() + dt.timedelta(_DAYS)
        said = self.run("host", f"cases/{name}", "--draft", "--out", "web",
                        "--until", str(until), *more)  # fmt: skip
        (address,) = re.findall(r" at (https://\S+)", said)
        return address, next(iter(_WORDS.findall(said)), "")


def _ash(making: _Making) -> tuple[str, str]:
    """Everything there can be of a case; one of its moments was withdrawn."""
    made = making.family("ash")
    everything = _AGREED.replace("]", ", hosting]")
    text = (made.directory / "case.yml").read_text("utf-8")
    text = text.replace("for: [review], given", f"{_AGREED}, given").replace(_AGREED, everything)
    (made.directory / "case.yml").write_text(text, "utf-8")
    made.change("1-tea/cycle.yml", "review:", _AWAY)
    making.run("build", "cases/ash", "--draft", "--share")
    making.run("withdraw", "cases/ash", "1-tea/wave", "--do")
    making.looked("ash", "--yes", "1-tea/looks", "--no", "1-tea/smile")
    making.looked("ash", "--yes", "1-tea/smile")
    making.run("build", "cases/ash", "--draft", "--share")
    making.run("build", "cases/ash", "--draft", "--out", "elsewhere")
    (making.root / "stick").mkdir()
    for form in ((), ("--zip", "--for", "Mum"), ("--single-file",), ("--folder", "stick")):
        making.run("pack", "cases/ash", "--draft", *form)
    for out in ((), ("--out", "sheets")):
        making.run("contact-sheet", "cases/ash", "1", "0:01.5", "--within", "0.04", *out)
    address, told = making.host("ash", "--server", "nginx", "--domain", "films.example.org",
                                "--letters", "letters")  # fmt: skip
    assert not told
    (passphrase,) = set(_WORDS.findall((making.root / "letters" / "ash.html").read_text("utf-8")))
    _killed(making)
    return address, passphrase


def _killed(making: _Making) -> None:
    """A pack to a new place is killed as soon as there is a clip in it: the last of the commands.

    Until the next of them nothing but the case's own folder can know of that place.
    """
    place = making.root / "killed" / "ash"
    pack = making.begun("pack", "cases/ash", "--draft", "--out", "killed")
    while pack.poll() is None:
        if any(place.glob(".To keep.new-*/site/media/*.mp4")):
            pack.kill()
    pack.communicate()
    assert not (place / "To keep").exists(), "it was not killed in time; make all of it again"


def _oak(making: _Making) -> tuple[str, str]:
    """Another family in the same folder for a server, whose passphrase was shown once."""
    made = making.family("oak")
    text = (made.directory / "case.yml").read_text("utf-8")
    agreed = text.replace(_AGREED, _AGREED.replace("]", ", hosting]"))
    (made.directory / "case.yml").write_text(agreed, "utf-8")
    making.looked("oak", "--yes", "1-tea/looks", "--yes", "1-tea/smile")
    return making.host("oak")


def _elm(making: _Making) -> None:
    """One moment confirmed, one found wrong, one not looked at; its keepsake was taken away."""
    made = making.family("elm")
    made.change("1-tea/cycle.yml", "still: 0:03.0,", "still: 0:03.0, crop: [0, 0, 0.5, 1],")
    making.run("build", "cases/elm", "--draft")
    making.looked("elm", "--yes", "1-tea/looks", "--no", "1-tea/smile")
    shutil.copytree(making.root / "sites/elm/keepsake", making.root / "backup/elm/keepsake")
    ended = "- {person: ash, for: [keepsake], withdrawn: 2026-03-01}\n  - {person: nan"
    made.change("case.yml", "- {person: nan", ended)
    making.run("build", "cases/elm", "--draft")
    assert not (making.root / "sites/elm/keepsake").exists()


def _packed(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """An entry that tells nothing of who made it."""
    if entry.name.split("/")[0] in _LEFT_OUT:
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def make(version: str) -> None:
    """Writes the archive of a version, and the list of what a test has to know of it."""
    root = Path(tempfile.gettempdir()).resolve() / f"vigsite-{version}"
    root.mkdir()
    try:
        (root / "program").mkdir()
        (root / "program" / "ffmpeg").symlink_to(ffmpeg.program())
        counted_film(root / "film.mp4", "25", 4, extra=_SMALL)
        making = _Making(root)
        hosted = {"ash": _ash(making), "oak": _oak(making)}
        _elm(making)
        register = yaml.safe_load((root / "cases/ash/handovers.yml").read_text("utf-8"))
        told = {
            "made at": str(root),
            "made on": str(dt.date.today()),
            "addresses": {name: address for name, (address, _) in hosted.items()},
            "passphrases": {name: words for name, (_, words) in hosted.items()},
            "answers": {
                "ash": {"1-tea/looks": "yes", "1-tea/smile": "yes"},
                "oak": {"1-tea/looks": "yes", "1-tea/smile": "yes"},
                "elm": {"1-tea/looks": "yes", "1-tea/smile": "no"},
            },
            "handed over": [line["sha256"] for line in register["handovers"]],
        }
        _refuse_this_machine(root)
        with tarfile.open(_HERE / f"{version}.tar.xz", "w:xz", preset=9) as archive:
            for path in sorted(root.iterdir()):
                archive.add(path, path.name, filter=_packed)
        (_HERE / f"{version}.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    finally:
        shutil.rmtree(root)


def _refuse_this_machine(root: Path) -> None:
    """Fails when anything in it tells where the code lies on this machine."""
    places = [os.fsencode(place) for place in (_ROOT, sys.prefix, Path.home())]
    for path in root.rglob("*"):
        if path.is_file() and path.relative_to(root).parts[0] not in _LEFT_OUT:
            raw = path.read_bytes()
            assert not any(place in raw for place in places), path


if __name__ == "__main__":
    make(sys.argv[1])
