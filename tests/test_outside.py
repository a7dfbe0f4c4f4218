"""Names, pipes and links from outside: what is printed misleads nobody, what is read is what it was."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.test_zip import entry
from tests.conftest import Vigsite, need
from tests.helpers.command_line import run_command
from tests.helpers.counted_films import Counted, run_ffmpeg
from tests.helpers.covering_sample import FULL
from tests.helpers.families import Family
from vigsite.keepsake.pack.zip import _seal
from vigsite.media import ffmpeg

NASTY = "a\x1b[2J\u202egpj.\nk.zip: looked at 3 files: nothing found.\r\u200b.html"
SPELLED = r"a\x1b[2J\u202egpj.\nk.zip: looked at 3 files: nothing found.\r\u200b.html"
ARABIC = "مريم.html"


def unseen(text: str) -> set[str]:
    """What a terminal would obey or not show."""
    return {one for one in text if one in NASTY and not one.isprintable() and one != "\n"}


def nasty_zip(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name in (NASTY, ARABIC, f"{NASTY}/", "index.html"):
            archive.writestr(entry(name), b"<p>x</p>" if not name.endswith("/") else b"")
        archive.comment = b"sha256:" + b"0" * 64
    _seal(file)
    return file


@pytest.mark.parametrize("ending", ["txt", "json", "html"])
def test_names_in_a_zip_cannot_mislead(tmp_path: Path, vigsite: Vigsite, ending: str) -> None:
    """Neither the terminal nor a report is told more than that such a name is there."""
    report = tmp_path / f"r.{ending}"
    done = vigsite("audit", nasty_zip(tmp_path / "k.zip"), "--report", report)
    written = report.read_text("utf-8")
    assert done.status == 1
    assert unseen(done.out + done.err) == unseen(written) == set()
    assert SPELLED in done.out
    assert SPELLED in (json.loads(written)["findings"][0]["file"] if ending == "json" else written)
    assert "k.zip: looked at 3 files: nothing found." not in done.out.splitlines()
    assert ARABIC in done.out
    assert ARABIC in written


def test_names_in_a_pack_cannot_mislead(tmp_path: Path, vigsite: Vigsite) -> None:
    done = vigsite("verify", nasty_zip(tmp_path / "k.zip"))
    assert done.status == 1
    folder = tmp_path / "To keep"
    folder.mkdir()
    (folder / "MANIFEST.sha256").write_text(f"{'0' * 64}  gone\u202e.mp4\n")
    (folder / NASTY.replace("/", "")).write_text("x")
    done = vigsite("verify", folder)
    assert done.status == 1
    assert unseen(done.err) == set()
    assert f"{SPELLED}: was not packed" in done.err
    assert r"gone\u202e.mp4: is missing" in done.err


def test_what_is_asked_for_is_not_obeyed_either(tmp_path: Path, vigsite: Vigsite) -> None:
    for command in (["audit"], ["verify"], ["check"], ["build"], ["nonsense\x1b[2J"]):
        done = vigsite(*command, f"{tmp_path}/x\x1b[2J\u202e")
        assert done.status == 2
        assert unseen(done.out + done.err) == set()


def test_the_name_of_a_film_cannot_mislead(ash: Family, vigsite: Vigsite) -> None:
    (ash.directory / "1-tea" / "film.mp4").unlink()
    (ash.directory / "1-tea" / "other\u202e4pm.\x1b[2J\nash: nothing wrong").write_text("x")
    for command in (["check"], ["build"], ["purge", "--recordings"]):
        done = vigsite(command[0], ash.directory, *command[1:])
        assert unseen(done.out + done.err) == set()
        assert r"other\u202e4pm.\x1b[2J\nash: nothing wrong" in done.out + done.err


# ------------------------------------------------------------------ pipes, sockets and devices


def pipe(place: Path) -> None:
    need("named pipes", hasattr(os, "mkfifo"))
    os.mkfifo(place)


def listening(place: Path) -> None:
    need("sockets with a path", hasattr(socket, "AF_UNIX"))
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's path may be 100 bytes long at most
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


def device(place: Path) -> None:
    need("devices", os.path.exists("/dev/zero"))
    place.symlink_to("/dev/zero")


KINDS = {"pipe": pipe, "socket": listening, "device": device}


@pytest.fixture(params=list(KINDS))
def odd(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Puts something at a place that waits for ever when it is read, or never ends."""
    return KINDS[request.param]


def soon(cwd: Path, *arguments: object) -> tuple[int, str]:
    """Status and words of a command that must not wait for anything."""
    begun = time.monotonic()
    done = run_command(arguments, cwd)
    assert time.monotonic() - begun < 60
    return done.status, done.out + done.err


def test_a_pack_that_holds_a_pipe_is_none(odd: Callable[[Path], None], tmp_path: Path) -> None:
    pack = tmp_path / "To keep"
    pack.mkdir()
    (pack / "MANIFEST.sha256").write_text(f"{'0' * 64}  film.mp4\n")
    odd(pack / "film.mp4")
    status, said = soon(tmp_path, "verify", pack)
    assert status == 1
    assert "film.mp4: was changed" in said
    status, said = soon(tmp_path, "audit", pack)
    assert status == 1
    assert "film.mp4: is" in said
    (pack / "MANIFEST.sha256").unlink()
    odd(pack / "MANIFEST.sha256")
    assert soon(tmp_path, "verify", pack)[0] in (1, 2)


def test_no_command_waits_for_what_it_is_given(
    odd: Callable[[Path], None], ash: Family, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every command a pipe, a third of them each of the others; all of them all with `--soak`."""
    place = tmp_path / "odd"
    odd(place)
    at = "https://ash.films.example.org/"
    every: tuple[tuple[object, ...], ...] = (
        ("audit", place),
        ("audit", tmp_path, "--case", place),
        ("verify", place),
        ("add", ash.directory, place),
        ("check", place),
        ("build", place),
        ("build", ash.directory, "--out", place),
        ("preview", place),
        ("contact-sheet", place, "1-tea", "0:01"),
        ("host", place, "--server", "nginx", "--domain", "example.org", "--out", tmp_path / "web"),
        ("host-check", at, "--gone", "--at", "127.0.0.1", "--authority", place),
        ("pack", place),
        ("pack", ash.directory, "--folder", place),
        ("new", place, "--called", "X", "--child", "A", "--practitioner", "J", "--contact", "c"),
        *((one, place) for one in ("consent", "cache", "purge", "due", "present")),
        ("withdraw", place, "1-tea/looks"),
    )
    kind, whole = (
        [one is odd for one in KINDS.values()].index(True),
        request.config.getoption("--soak"),
    )
    for arguments in every if whole or not kind else every[kind::3]:
        status, said = soon(tmp_path, *arguments)
        assert status in (1, 2), (arguments, said)
        assert said.strip()


@pytest.mark.parametrize(
    "name", ["1-tea/film.mp4", "1-tea/cycle.yml", "closing.yml", "case.yml", "withdrawn.yml",
             "handovers.yml", "deleted.yml", "1-tea/odd", "odd.yml"],
)  # fmt: skip
def test_a_case_that_holds_a_pipe_is_read_without_waiting(
    ash: Family, tmp_path: Path, name: str
) -> None:
    place = ash.directory / name
    place.unlink(missing_ok=True)
    pipe(place)
    harmless = name in ("deleted.yml", "1-tea/odd", "odd.yml")
    for command in ("check", "consent", "due", "cache"):
        soon(tmp_path, command, ash.directory)
    status, said = soon(tmp_path, "build", ash.directory, "--draft", "--edition", "review")
    assert (status == 0) is harmless, said


# ------------------------------------------------------------- what changes while it is read


def swapping(tmp_path: Path, when: str, does: str) -> tuple[dict[str, str], Path]:
    """An ffmpeg that does something once, when it is called with these words; then what it must."""
    script, marker = tmp_path / "swapping", tmp_path / "swapped"
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *{when}*) if mkdir {marker} 2>/dev/null; then {does}; fi ;; esac\n'
        f'exec {shlex.quote(ffmpeg.program())} "$@"\n'
    )
    script.chmod(0o755)
    return {ffmpeg.NAMED_BY: str(script)}, marker


@pytest.fixture
def elsewhere(tmp_path: Path, films: Callable[[str], Counted]) -> Path:
    """Another family's cycle, with a film just as long."""
    folder = tmp_path / "birch" / "1-tea"
    folder.mkdir(parents=True)
    film = folder / "film.mp4"
    run_ffmpeg("-i", str(films("25").path), "-vf", "negate", "-c:a", "copy", str(film))
    return folder


SWAPS = {
    "the film, a link": "rm {0}/film.mp4; ln -s {1}/film.mp4 {0}/film.mp4",
    "the film, another file": "cp {1}/film.mp4 {0}/x; mv {0}/x {0}/film.mp4",
    "its folder, a link": "mv {0} {0}.old; ln -s {1} {0}",
    "its folder, another one": "mv {0} {0}.old; cp -r {1} {0}",
    "the film, a pipe": "rm {0}/film.mp4; mkfifo {0}/film.mp4",
}
MOMENTS = {
    "before it is probed": "-version",
    "while it is heard": "ebur128",
    "while a clip is made": "libx264",
}


@pytest.mark.parametrize(
    ("when", "does"),
    [
        pytest.param(when, does, id=f"{what}, {then}", marks=() if (i + j) % 3 == 0 else FULL)
        for i, (what, does) in enumerate(SWAPS.items())
        for j, (then, when) in enumerate(MOMENTS.items())
        if "pipe" not in what or "probed" in then  # ffmpeg is ended when it waits for long
    ],
)
def test_a_film_that_is_replaced_while_it_is_built_gets_into_no_site(
    ash: Family, elsewhere: Path, tmp_path: Path, vigsite: Vigsite, when: str, does: str
) -> None:
    need("a shell", os.name == "posix")
    folder = ash.directory / "1-tea"
    variables, marker = swapping(tmp_path, when, does.format(folder, elsewhere))
    done = vigsite("build", ash.directory, "--edition", "review", **variables)
    assert marker.exists()
    assert done.status == 1, done.out
    assert "1-tea" in done.err or "film.mp4" in done.err
    assert "while it was being read" in done.err
    assert not (tmp_path / "sites" / "ash" / "review").exists()


@pytest.mark.parametrize(
    "does", ["rm {0}; ln -s {1} {0}", "cp {1} {0}.x; mv {0}.x {0}"], ids=["a link", "another file"]
)
@pytest.mark.parametrize("when", ["libx264", "song"], ids=["before", "while it is heard"])
def test_music_that_is_replaced_while_it_is_packed_gets_into_no_film(
    ash: Family, elsewhere: Path, tmp_path: Path, vigsite: Vigsite, does: str, when: str
) -> None:
    """Nothing keeps the sound of a family's film from being called a song."""
    need("a shell", os.name == "posix")
    song = ash.directory / "song.mp3"
    run_ffmpeg("-f", "lavfi", "-i", "sine=d=6", str(song))
    ash.change("case.yml", "goals:", "film: {music: song.mp3}\ngoals:")
    variables, marker = swapping(tmp_path, when, does.format(song, elsewhere / "film.mp4"))
    done = vigsite("pack", ash.directory, "--draft", **variables)
    assert marker.exists()
    assert done.status == 1, done.out
    assert "song.mp3" in done.err
    assert "while it was being read" in done.err
    assert not (tmp_path / "packs" / "ash" / "To keep").exists()


@pytest.mark.parametrize("name", ["case.yml", "own.yml", "closing.yml"])
def test_notes_that_become_a_link_while_they_are_built_are_not_followed(
    ash: Family, tmp_path: Path, vigsite: Vigsite, name: str
) -> None:
    need("a shell", os.name == "posix")
    framework = Path(ffmpeg.__file__).parents[1] / "case" / "frameworks" / "vig.yml"
    shutil.copyfile(framework, ash.directory / "own.yml")
    ash.change("case.yml", "goals:", "framework: own.yml\ngoals:")
    other = tmp_path / name
    other.write_text((ash.directory / name).read_text("utf-8").replace("Thank you.", "Elsewhere"))
    note = ash.directory / name
    variables, marker = swapping(tmp_path, "-version", f"rm {note}; ln -s {other} {note}")
    vigsite("build", ash.directory, "--draft", "--edition", "review", **variables)
    assert marker.exists()
    pages = (tmp_path / "sites").rglob("*.html")
    assert not any("Elsewhere" in page.read_text("utf-8") for page in pages)
    assert vigsite("build", ash.directory, "--draft").status == 2


def test_a_film_that_is_replaced_while_it_is_added_is_not_added(
    ash: Family, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that was looked at is the one that is copied, also through a link that was named."""
    from vigsite.commands import add
    from vigsite.errors import MediaError

    film, link = tmp_path / "phone.mp4", tmp_path / "link.mp4"
    shutil.copyfile(elsewhere / "film.mp4", film)
    link.symlink_to(film)
    added = add.add_film(
        ash.directory, link, "", None, lambda _: None, lambda *_: None, top_up=False
    )
    assert (added.folder / "film.mp4").read_bytes() == film.read_bytes()

    from vigsite.case.starter_files import next_cycle_folder

    def replaced(directory: Path, slug: str) -> str:
        film.unlink()
        film.symlink_to(ash.directory / "case.yml")
        return next_cycle_folder(directory, slug)

    monkeypatch.setattr(add, "next_cycle_folder", replaced)
    with pytest.raises(MediaError, match="while it was being read"):
        add.add_film(ash.directory, film, "", None, lambda _: None, lambda *_: None, top_up=False)
    assert sorted(one.name for one in ash.directory.iterdir() if one.is_dir()) == [
        ".vigsite", "1-tea", added.folder.name, "record"
    ]  # fmt: skip
