"""`vigsite pack` and `verify`, as a practitioner meets them."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import yaml

from tests.conftest import Vigsite, need
from tests.helpers.families import Family
from tests.helpers.mounts import mounted
from vigsite.keepsake.pack.manifest import hashes_of, write_manifest
from vigsite.keepsake.pack.zip import write_zip

STEPS = ("pack", "--draft")


NO_FILM = "film: {leave_out: [1-tea/looks, 1-tea/smile]}\n"


@pytest.fixture
def ash(ash: Family) -> Family:
    """The family without a film, which takes the longest."""
    ash.change("case.yml", "goals:", f"{NO_FILM}goals:")
    return ash


def register(of: Family) -> list[dict[str, object]]:
    text = (of.directory / "handovers.yml").read_text("utf-8")
    lines = yaml.safe_load(text)["handovers"]
    assert text.count("\n  - {") == len(lines)
    return list(lines)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def hidden(folder: Path) -> list[str]:
    return [name for name in files(folder) if "/." in f"/{name}" and ".vigsite.json" not in name]


def parts(of: Family, chosen: str) -> None:
    of.change("case.yml", "goals:", f"keepsake: {{parts: {chosen}}}\ngoals:")


def take_back(of: Family) -> None:
    withdrawn = "- {person: ash, for: [keepsake], withdrawn: 2026-03-01}\n  - {person: nan"
    of.change("case.yml", "- {person: nan", withdrawn)


def test_a_folder_for_every_device(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    ash.change("case.yml", NO_FILM, "")
    done = vigsite(*STEPS, ash.directory, "--for", "Dad")
    assert done.status == 0, done.err
    assert "1 moment left out of the keepsake: Nan has not agreed" in done.out
    assert "What you hand over cannot be called back" in done.out
    pack = tmp_path / "packs/ash/To keep"
    top = {path.name for path in pack.iterdir()}
    assert top == {
        "START HERE.html",
        "Our film.mp4",
        "For your phone",
        "Our album.pdf",
        "site",
        "MANIFEST.sha256",
    }
    assert files(pack / "For your phone") == ["01 Clip.mp4", "02 Picture.jpg"]
    site = tmp_path / "sites/ash/keepsake"
    assert hashes_of(pack / "site") == hashes_of(site)
    assert len(register(ash)) == 1
    line = register(ash)[0]
    manifest = hashes_of(pack)["MANIFEST.sha256"]
    assert (line["form"], line["for"], line["sha256"]) == ("folder", "Dad", manifest)
    assert line["moments"] == ["1-tea/looks", "1-tea/smile"]
    assert manifest in vigsite("verify", pack).out

    # the same again: nothing is made, nothing is written down; for somebody else it is
    again = vigsite(*STEPS, ash.directory, "--for", "Dad")
    assert "is there, unchanged" in again.out
    assert len(register(ash)) == 1
    vigsite(*STEPS, ash.directory, "--for", 'Nan "N" Birch')
    assert [one["for"] for one in register(ash)] == ["Dad", 'Nan "N" Birch']

    # the case stays readable, and a changed word makes another pack
    ash.change("closing.yml", "Thank you.", "Thank you both.")
    assert vigsite("check", ash.directory).status == 0
    assert vigsite(*STEPS, ash.directory).status == 0
    assert len(register(ash)) == 3
    assert register(ash)[2]["sha256"] != manifest
    assert hidden(tmp_path / "packs") == []


@pytest.mark.alone
def test_an_unchanged_pack_takes_under_three_seconds(ash: Family, vigsite: Vigsite) -> None:
    assert vigsite(*STEPS, ash.directory).status == 0
    started = time.monotonic()
    assert "is there, unchanged" in vigsite(*STEPS, ash.directory).out
    assert time.monotonic() - started < 3


def test_the_packs_own_site_has_nothing_that_is_for_others(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    assert vigsite(*STEPS, ash.directory).status == 0
    pages = {
        path: path.read_text("utf-8") for path in (tmp_path / "packs/ash/To keep").rglob("*.html")
    }
    assert len(pages) > 6
    for path, page in pages.items():
        for word in (
            "What do you notice",
            "Ash leads here",
            'class="vig-analysis"',
            "generator",
            "search",
        ):
            assert word.lower() not in page.lower(), (path.name, word)
        assert "<script" not in page
        assert "Ash and Dad" in page
    assert not list((tmp_path / "packs").rglob("*.js"))


def test_two_packs_are_the_same_bytes(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    """In two runs, two folders, two time zones, on two days of packing; as zip and as one page."""
    found = []
    for place, zone in (("one", "Asia/Tokyo"), ("two", "America/Lima")):
        case = tmp_path / place / "ash"
        shutil.copytree(ash.directory, case)
        for form in ("--zip", "--single-file"):
            done = vigsite(*STEPS, case, form, cwd=tmp_path / place, TZ=zone)
            assert done.status == 0, done.err
        packs = tmp_path / place / "packs/ash"
        found.append([(packs / f"To keep.{kind}").read_bytes() for kind in ("zip", "html")])
    assert found[0] == found[1]
    with zipfile.ZipFile(tmp_path / "one/packs/ash/To keep.zip") as opened:
        assert {entry.date_time[0] for entry in opened.infolist()} == {2000}
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
    page = (tmp_path / "one/packs/ash/To keep.html").read_text("utf-8")
    assert page.count('preload="none"') == 1
    assert "<script" not in page
    assert not re.search(r"(?:src|href|poster)=\"(?!data:)", page)


def test_verify_finds_a_changed_bit_and_a_missing_file(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    assert vigsite(*STEPS, ash.directory, "--zip").status == 0
    pack, packed = tmp_path / "packs/ash/To keep", tmp_path / "packs/ash/To keep.zip"
    assert vigsite("verify", packed).status == 0
    for file in (pack / "For your phone/01 Clip.mp4", packed):
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 4
        file.write_bytes(raw)
    done = vigsite("verify", pack)
    assert done.status == 1
    assert "For your phone/01 Clip.mp4: was changed" in done.err
    assert "Do not hand it over; pack again" in done.err
    assert vigsite("verify", packed).status == 1
    (pack / "START HERE.html").unlink()
    assert "START HERE.html: is missing" in vigsite("verify", pack).err
    assert vigsite("verify", tmp_path / "packs").status == 2
    assert vigsite("verify", ash.directory / "case.yml").status == 2

    # what was damaged is made again
    done = vigsite(*STEPS, ash.directory, "--zip")
    assert done.status == 0, done.err
    assert vigsite("verify", pack).status == vigsite("verify", packed).status == 0


def listed_anew(pack: Path) -> None:
    """Its own list, as whoever changes a pack writes it too."""
    (pack / "MANIFEST.sha256").unlink()
    write_manifest(pack)


def test_verify_says_what_was_withdrawn_since(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """A copy that somebody kept is still as packed, and may not be handed over any more."""
    assert vigsite(*STEPS, ash.directory, "--zip").status == 0
    copy, case = tmp_path / "kept.zip", ("--case", ash.directory)
    shutil.copyfile(tmp_path / "packs/ash/To keep.zip", copy)
    assert vigsite("verify", copy, *case).status == 0
    vigsite("withdraw", ash.directory, "1-tea/looks", "--do")
    done = vigsite("verify", copy, *case)
    assert done.status == 1
    assert "as packed on" in done.out
    assert f"any more: 1-tea/looks was withdrawn on {dt.date.today()}. Delete it." in done.err
    assert vigsite("withdraw", ash.directory, "person:ash", "--do").status in (0, 1)
    assert vigsite("verify", copy, *case).status == 1


def test_only_the_register_knows_what_was_packed(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """A pack that was changed together with its list agrees with itself, and nobody says more."""
    stick = tmp_path / "stick"
    stick.mkdir()
    assert vigsite(*STEPS, ash.directory, "--zip").status == 0
    assert vigsite(*STEPS, ash.directory, "--single-file").status == 0
    assert vigsite(*STEPS, ash.directory, "--folder", stick).status == 0
    packs, case = tmp_path / "packs/ash", ("--case", ash.directory)
    folder, zipped, page = (packs / name for name in ("To keep", "To keep.zip", "To keep.html"))
    known = f"as packed on {dt.date.today()}, as {ash.directory / 'handovers.yml'} has it."
    for pack in (folder, zipped, page, stick / "To keep"):
        done = vigsite("verify", pack, *case)
        assert done.status == 0, done.err
        assert known in done.out
    alone = vigsite("verify", folder)
    assert alone.status == 0
    assert "agrees with its own list" in alone.out
    assert "--case" in alone.out
    assert "packed on" not in alone.out
    refused = vigsite("verify", page)
    assert refused.status == 2
    assert "add --case CASE" in refused.err

    clip = folder / "For your phone/01 Clip.mp4"
    clip.write_bytes(clip.read_bytes() + b"x")
    assert vigsite("verify", folder, *case).status == 1
    listed_anew(folder)
    page.write_text(page.read_text("utf-8").replace("Thank you.", "Thank me."), "utf-8")
    zipped.unlink()
    write_zip(folder, zipped, None, lambda _share: None)
    for pack in (folder, zipped):
        done = vigsite("verify", pack)
        assert (done.status, "as they were packed" in done.out) == (0, False)
    for pack in (folder, zipped, page):
        done = vigsite("verify", pack, *case)
        assert done.status == 1
        assert f"no line of {ash.directory / 'handovers.yml'} has this pack" in done.err
        assert "Do not hand it over; pack again" in done.err

    # another form of the same hash is no line of it, and a register that cannot be read is said
    register_file = ash.directory / "handovers.yml"
    text = register_file.read_text("utf-8")
    register_file.write_text(text.replace("form: stick", "form: zip"), "utf-8")
    register_file.write_text(text.replace("form: folder", "form: zip"), "utf-8")
    assert vigsite("verify", stick / "To keep", *case).status == 0
    register_file.write_text(re.sub("form: (folder|stick)", "form: zip", text), "utf-8")
    assert vigsite("verify", stick / "To keep", *case).status == 1
    register_file.write_text("handovers: [", "utf-8")
    assert vigsite("verify", stick / "To keep", *case).status == 2
    register_file.unlink()
    done = vigsite("verify", stick / "To keep", *case)
    assert done.status == 1
    assert "no line of" in done.err
    assert vigsite("verify", folder, "--case", tmp_path).status == 2


def test_nothing_is_packed_without_a_yes(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    take_back(ash)
    done = vigsite(*STEPS, ash.directory)
    assert done.status == 1
    assert "the keepsake cannot be built: not agreed yet" in done.err
    assert not (tmp_path / "packs").exists()
    assert not (ash.directory / "handovers.yml").exists()


def test_who_no_longer_agrees_is_taken_out_of_reach(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """By any later command that writes; what the family has is left, and named."""
    stick = tmp_path / "stick"
    stick.mkdir()
    assert vigsite(*STEPS, ash.directory, "--zip").status == 0
    assert vigsite(*STEPS, ash.directory, "--folder", stick).status == 0
    take_back(ash)
    check = vigsite("check", ash.directory)
    assert "keepsake pack (zip)" in check.out + check.err
    done = vigsite("build", ash.directory, "--edition", "review", "--draft")
    assert done.status == 0, done.err
    assert "keepsake pack (folder) taken away" in done.err
    assert "keepsake pack (zip) taken away" in done.err
    assert "It was made for the family to take, so it was left there" in done.err
    assert [path.name for path in (tmp_path / "packs/ash").iterdir()] == [".vigsite.json"]
    assert (stick / "To keep/START HERE.html").is_file()
    assert len(register(ash)) == 2


def test_hold_packs_nothing_and_says_who_decides(ash: Family, vigsite: Vigsite) -> None:
    parts(ash, "hold")
    done = vigsite(*STEPS, ash.directory)
    assert done.status == 1
    assert "for a looked-after child that is the authority" in done.err


def test_stills_only_is_stills_only(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    parts(ash, "stills")
    done = vigsite(*STEPS, ash.directory)
    assert done.status == 0, done.err
    pack = tmp_path / "packs/ash/To keep"
    assert files(pack / "For your phone") == ["01 Picture.jpg", "02 Picture.jpg"]
    assert not list((pack / "site").rglob("*.mp4"))
    assert "no film clips, as it was agreed" in (pack / "START HERE.html").read_text("utf-8")
    assert "no film clips" in done.out


def test_for_paper_there_is_no_site_at_all(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    parts(ash, "print")
    done = vigsite(*STEPS, ash.directory)
    assert done.status == 0, done.err
    assert "for paper only" in done.out
    pack = tmp_path / "packs/ash/To keep"
    assert files(pack) == ["MANIFEST.sha256", "Our album.pdf", "START HERE.html"]
    assert not (tmp_path / "sites/ash/keepsake").exists()
    assert not (ash.directory / ".vigsite/paper/keepsake").exists()
    page = vigsite(*STEPS, ash.directory, "--single-file")
    assert page.status == 1
    assert "on paper only" in page.err
    again = vigsite(*STEPS, ash.directory)
    assert "is there, unchanged" in again.out
    built = vigsite("build", ash.directory, "--draft")
    assert built.status == 0
    assert pack.is_dir()  # a pack for paper is what was agreed


def test_other_peoples_files_are_not_replaced(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    for place in (tmp_path / "packs/ash/To keep", stick / "To keep"):
        place.mkdir(parents=True)
        (place / "holiday.jpg").write_bytes(b"x")
    for more in ([], ["--folder", stick]):
        done = vigsite(*STEPS, ash.directory, *more)
        assert done.status == 2
        assert "is there already, and not as this case packed it" in done.err
        shutil.rmtree(tmp_path / "packs")
    assert files(stick) == ["To keep", "To keep/holiday.jpg"]
    assert register_or_none(ash) == []


def register_or_none(of: Family) -> list[dict[str, object]]:
    return register(of) if (of.directory / "handovers.yml").exists() else []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--zip", "--encrypt"], "Choose one of --folder, --zip, --encrypt and --single-file"),
        (["--folder", "nowhere"], "nowhere is not there. Put the stick in"),
        (["--encrypt"], "there is none: the output goes to a file or another program"),
    ],
)
def test_a_wrong_wish_is_a_sentence(
    ash: Family, vigsite: Vigsite, more: list[str], words: str
) -> None:
    done = vigsite(*STEPS, ash.directory, *more)
    assert done.status == 2
    assert words in done.err


def test_a_place_that_can_only_be_read_is_a_sentence(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    with mounted(tmp_path / "stick", "ro") as place:
        refused = vigsite(*STEPS, ash.directory, "--folder", place)
    assert refused.status == 1
    assert "can only be read" in refused.err
    assert register_or_none(ash) == []


def test_a_full_disk_leaves_the_old_pack_and_no_line(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    with mounted(tmp_path / "small", "size=5m") as place:
        assert vigsite(*STEPS, ash.directory, "--out", place).status == 0
        before = hashes_of(place / "ash")
        (place / "holiday.mov").write_bytes(b"x" * (shutil.disk_usage(place).free - 300_000))
        ash.change("closing.yml", "Thank you.", "Thank you both.")
        full = vigsite(*STEPS, ash.directory, "--out", place)
        assert full.status == 1
        assert "The disk is full: make room and run it again." in full.err
        assert hashes_of(place / "ash") == before
        assert hidden(place) == []
        assert len(register(ash)) == 1
        assert vigsite("verify", place / "ash/To keep").status == 0


def test_stopped_midway_the_old_pack_stays_and_nothing_half_is_left(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    assert vigsite(*STEPS, ash.directory, "--zip").status == 0
    packs = tmp_path / "packs/ash"
    before = hashes_of(packs)
    ash.change("closing.yml", "Thank you.", "Thank you both.")
    command = [sys.executable, "-m", "vigsite", *STEPS, str(ash.directory), "--zip"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        while running.poll() is None and not list(packs.glob(".To keep.new-*")):
            time.sleep(0.001)
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=180)
    assert running.returncode == 130
    assert "Stopped; what was built before is untouched." in said
    assert hashes_of(packs) == before
    assert len(register(ash)) == 1


def in_a_terminal(command: list[str], cwd: Path) -> str:
    """What a command shows on a terminal of its own; also what the process list said meanwhile."""
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        os.execv(command[0], command)
    shown = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
        if b"Write it down" in shown:
            listed = Path(f"/proc/{pid}")
            for name in ("cmdline", "environ"):
                with_words = (listed / name).read_bytes() if listed.exists() else b""
                words = re.search(rb"\s([a-z]+(?:-[a-z]+){5})\s", shown)
                assert words
                assert words[1] not in with_words
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, shown
    return shown.decode("utf-8", "replace")


def test_the_passphrase_is_on_the_terminal_alone(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    need("a terminal", os.name != "nt")
    need("7z", shutil.which("7z") is not None)
    command = [sys.executable, "-m", "vigsite", *STEPS, str(ash.directory), "--encrypt", "-v"]
    first, second = (in_a_terminal(command, tmp_path) for _ in range(2))
    words = [re.findall(r"\s([a-z]+(?:-[a-z]+){5})\s", shown) for shown in (first, second)]
    assert [len(found) for found in words] == [1, 1]
    assert words[0] != words[1]
    passphrase = words[1][0]
    for file in [path for path in tmp_path.rglob("*") if path.is_file()]:
        raw = file.read_bytes()
        assert passphrase.encode() not in raw, file
        assert passphrase.encode("utf-16-le") not in raw, file
        assert b" ".join(passphrase.encode().split(b"-")) not in raw, file

    locked = tmp_path / "packs/ash/locked"
    assert files(locked) == ["How to open the locked file.html", "To keep.zip"]
    note = (locked / "How to open the locked file.html").read_text("utf-8")
    assert "7-Zip" in note
    assert "another way, never together with the file" in note
    assert [line["form"] for line in register(ash)] == ["encrypted zip"] * 2
    out = tmp_path / "mit Leerzeichen é"
    opened = ["7z", "x", "-y", f"-p{passphrase}", f"-o{out}", str(locked / "To keep.zip")]
    assert subprocess.run(opened, capture_output=True, check=False).returncode == 0
    assert vigsite("verify", out).status == 0
    check = [sys.executable, "-m", "vigsite", "verify", str(locked / "To keep.zip")]
    check.append("--passphrase-stdin")
    spaced = passphrase.replace("-", " ").upper()
    in_register = subprocess.run(
        [*check, "--case", str(ash.directory)],
        input=passphrase,
        capture_output=True,
        text=True,
        check=False,
    )
    assert in_register.returncode == 0, in_register.stderr
    assert "as packed on" in in_register.stdout
    for given, status in ((passphrase, 0), (spaced, 0), ("one-two-three-four-five-six", 2)):
        done = subprocess.run(check, input=given, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
