"""Films that once broke a cut: they seek badly, hide an order, lost a picture, or claim too much.

Each kind was found by somebody who tried to make vigsite show a picture that was not chosen.
"""

from __future__ import annotations

import random
import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.conftest import Vigsite
from tests.helpers.counted_films import counted_film, pictures, read_number, run_ffmpeg, samples
from tests.helpers.families import Family
from tests.media import input_films
from tests.media.input_films import numbers
from tests.media.test_cuts import Make, box, make
from vigsite.case.timecode import Span
from vigsite.errors import MediaError, RecordingError
from vigsite.media import ffmpeg, job
from vigsite.media.library import Library
from vigsite.media.recipes.picture import Cover, Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

CLOSE = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-g", "12", "-bf", "2")
SILENT = ("-an",)
COPIED = ("-c:a", "copy")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


@pytest.fixture(scope="module")
def base(folder: Path) -> Path:
    return counted_film(folder / "base.mp4", "25", 4).path


def clip_of(film: Path, start: int, end: int, make: Make, look: Look | None = None) -> Path:
    recording = probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(start, end)), look or Look(), FULL)
    return make(recipe, film) / "clip.mp4"


def still_of(film: Path, time_ms: int, make: Make) -> int | None:
    recording = probe(film)
    made = make(still_recipe(recording, recording.single(time_ms), Look(), FULL), film)
    return read_number(pictures(made / f"still-{recording.width}.jpg")[0])


SEEKING = {
    "no-edit-list.mp4": (*CLOSE, *COPIED, "-use_editlist", "0"),
    "no-edit-list.mov": (*CLOSE, *SILENT, "-use_editlist", "0"),
    "fragments.mp4": (*CLOSE, *COPIED, "-movflags", "frag_keyframe+empty_moov"),
    "fine-clock.mp4": (
        *(*CLOSE, *SILENT, "-use_editlist", "0"),
        *("-video_track_timescale", "10000000", "-output_ts_offset", "0.0333667"),
    ),
    "refreshing.mp4": (
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "16", *SILENT),
        *("-x264-params", "intra-refresh=1:keyint=25"),
    ),
}
"""Films in which a plain seek lands late, or where pictures cannot be decoded at all."""


@pytest.mark.parametrize("name", SEEKING)
def test_a_film_that_seeks_badly_is_cut_exactly(
    folder: Path, base: Path, make: Make, name: str
) -> None:
    """Right before, at and after its keyframes (every 12 pictures), and elsewhere."""
    film = input_films.encoded(folder / name, base, *SEEKING[name])
    assert probe(film).offset_us >= 0
    for first in (0, 1, 10, 11, 12, 13, 25, 47, 48, 77):
        told = numbers(clip_of(film, first * 40, first * 40 + 160, make))
        assert told == list(range(first, first + 4))
    for first in (0, 11, 12, 77):
        assert still_of(film, first * 40, make) == first


@pytest.mark.parametrize("name", ["order.avi", "order.wmv"])
def test_a_container_that_knows_no_order_of_display_is_refused(
    folder: Path, base: Path, name: str
) -> None:
    film = input_films.encoded(folder / name, base, *CLOSE, *SILENT)
    with pytest.raises(RecordingError, match="in another order than shown; save it as MP4"):
        probe(film)


def edited(path: Path, source: Path, parts: list[tuple[float, float | None]]) -> Path:
    """A film whose edit list shows these parts: length and start in seconds, or a pause."""
    whole = source.read_bytes()

    def boxes(body: bytes) -> list[tuple[bytes, bytes]]:
        found, at = [], 0
        while at < len(body):
            size, kind = struct.unpack_from(">I4s", body, at)
            found.append((kind, body[at : at + size]))
            at += size
        return found

    def boxed(kind: bytes, *inside: bytes) -> bytes:
        body = b"".join(inside)
        return struct.pack(">I4s", len(body) + 8, kind) + body

    def track(trak: bytes) -> bytes:
        scale = struct.unpack_from(">I", trak, trak.index(b"mdhd") + 16)[0]
        entries = b"".join(
            struct.pack(
                ">Iihh", int(long * 1000), -1 if at is None else int((at + 0.08) * scale), 1, 0
            )
            for long, at in parts
        )
        listed = boxed(b"edts", boxed(b"elst", struct.pack(">II", 0, len(parts)), entries))
        kept = [body for kind, body in boxes(trak[8:]) if kind != b"edts"]
        return boxed(b"trak", kept[0], listed, *kept[1:])

    rebuilt = []
    for kind, body in boxes(whole):
        inner = (
            [track(b) if k == b"trak" else b for k, b in boxes(body[8:])] if kind == b"moov" else ()
        )
        rebuilt.append(boxed(kind, *inner) if inner else body)  # it comes last: no picture moves
    path.write_bytes(b"".join(rebuilt))
    return path


@pytest.mark.parametrize(
    "parts",
    [[(1, 0.48), (0.6, None), (1, 2.4)], [(1, 0.48), (1, 0.48)], [(1, 2.4), (1, 0.48)]],
    ids=["a pause", "twice", "backwards"],
)
def test_an_edit_list_out_of_order_is_refused(
    folder: Path, base: Path, parts: list[tuple[float, float | None]]
) -> None:
    film = input_films.encoded(folder / "plain.mp4", base, "-y", *CLOSE, *SILENT)
    with pytest.raises(RecordingError, match="in another order than it holds them"):
        probe(edited(folder / "edited.mp4", film, parts))


def test_an_edit_list_of_two_parts_is_cut_exactly(folder: Path, base: Path, make: Make) -> None:
    film = input_films.encoded(folder / "plain.mp4", base, "-y", *CLOSE, *SILENT)
    film = edited(folder / "two-parts.mp4", film, [(1, 0.48), (1, 2.4)])
    assert numbers(clip_of(film, 800, 1200, make)) == [*range(32, 37), *range(60, 65)]
    assert numbers(clip_of(film, 0, 400, make)) == list(range(12, 22))


def test_films_joined_without_care_are_refused(folder: Path, base: Path) -> None:
    """Camera and recorder programmes copy one file behind the other; the clock starts again."""
    stream = input_films.encoded(folder / "part.ts", base, "-c", "copy")
    film = folder / "joined.ts"
    film.write_bytes(stream.read_bytes() * 2)
    with pytest.raises(RecordingError, match="clock that falls back midway"):
        probe(film)


def hurt(path: Path, source: Path, lost: int) -> Path:
    """A film of which one picture's data are noise."""
    whole = bytearray(source.read_bytes())
    with av.open(str(source)) as opened:
        packets = [
            (p.pts, p.pos, p.size)
            for p in opened.demux(video=0)
            if p.size and p.pts is not None and p.pos is not None
        ]
    _, at, size = sorted(packets)[lost]
    whole[at + 4 : at + size] = random.Random(3).randbytes(size - 4)
    path.write_bytes(whole)
    return path


@pytest.fixture(scope="module")
def wounded(folder: Path, base: Path) -> Path:
    """Picture 33 cannot be read."""
    whole = input_films.encoded(folder / "whole.mp4", base, *CLOSE, *COPIED)
    return hurt(folder / "wounded.mp4", whole, 33)


def made_of(film: Path, start: int, end: int, folder: Path, look: Look) -> job.Made:
    recording = probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(start, end)), look, FULL)
    return job.make(recipe, film, folder, "the clip", ffmpeg.Stop())


def test_a_lost_picture_shows_none_from_beyond_the_marks(wounded: Path, tmp_path: Path) -> None:
    """Its place is held by the one before it; what comes after keeps its time; it is said."""
    made = made_of(wounded, 1040, 1480, tmp_path, Look())
    assert made.damaged
    told = numbers(tmp_path / "clip.mp4")
    assert len(told) == 11
    assert all(number is None or 26 <= number < 37 for number in told)
    assert (told[0], told[-1]) == (26, 36)


def test_a_box_keeps_its_time_behind_a_lost_picture(wounded: Path, tmp_path: Path) -> None:
    over_code = box("0", "0", "1", "0.2")
    begins = Fraction(35 * 2 - 1, 50) - Fraction(26, 25)
    cover = Cover(begins, Fraction(2), begins, Fraction(2), over_code, over_code)
    made_of(wounded, 1040, 1480, tmp_path, Look(covers=(cover,)))
    told = numbers(tmp_path / "clip.mp4")
    assert told[:6] == list(range(26, 32))
    assert told[8] != 34 or told[9] != 35
    assert not {35, 36} & set(told)


def test_gaps_in_the_sound_do_not_add_up(folder: Path, base: Path, make: Make) -> None:
    """A recorder that dropped 60 ms of sound; every click stays with its picture."""
    click = "0.05*sin(2*PI*300*t)+0.8*lt(mod(t,1),0.005)*sin(2*PI*4000*t)"
    film = input_films.with_sound(
        folder / "gap.mkv",
        base,
        [f"aevalsrc=exprs='{click}':s=48000:d=4"],
        *("-af", "aselect='not(between(t,1.3,1.36))'", "-c:a", "pcm_s16le"),
    )
    sound = np.abs(np.diff(samples(clip_of(film, 520, 3480, make)), n=2))
    for second in (1, 2, 3):
        true = second - 0.52
        from_ = int((true - 0.2) * 48_000)
        found = (from_ + int(np.argmax(sound[from_ : from_ + 19_200]))) / 48_000
        assert abs(found - true) < 0.020


def test_a_mute_in_slow_motion_lasts_to_its_very_end(folder: Path, base: Path, make: Make) -> None:
    film = input_films.with_sound(folder / "tone.mp4", base, ["sine=f=700:d=4"], "-c:a", "aac")
    for speed, end in (("0.5", "1.37"), ("0.6", "1.2")):
        look = Look(speed=Fraction(speed), mutes=((Fraction("0.4"), Fraction(end)),))
        sound = np.abs(samples(clip_of(film, 1000, 3000, make, look)))
        rate = 48_000 / float(Fraction(speed))
        assert sound[int(0.45 * rate) : int((float(end) - 0.01) * rate)].max() < 0.01
        assert sound[int((float(end) + 0.05) * rate) : int(1.8 * rate)].max() > 0.02


@pytest.mark.parametrize("mute", [False, True])
def test_sound_that_changes_its_kind_is_refused_in_plain_words(
    folder: Path, base: Path, tmp_path: Path, make: Make, mute: bool
) -> None:
    film = folder / "stereo-then-mono.ts"
    if not film.exists():
        parts = []
        for channels, start in (("2", "0"), ("1", "2")):
            part = folder / f"{channels}-channels.ts"
            input_films.encoded(
                *(part, base, "-ss", start, "-t", "2", *CLOSE, "-bf", "0", "-c:a", "ac3"),
                *("-ac", channels, "-output_ts_offset", start),
            )
            parts.append(part.read_bytes())
        film.write_bytes(b"".join(parts))
    if mute:
        told = numbers(clip_of(film, 1600, 2400, make, Look(silent=True)))
        assert set(told) == set(range(40, 61))  # the second piece begins 5 ms early
        return
    with pytest.raises(MediaError, match=r"sound changes its kind midway.*mute: true"):
        made_of(film, 1600, 2400, tmp_path, Look())


@pytest.mark.parametrize("name", ["old.avi", "old.mov"])
def test_a_camera_that_writes_exif_into_every_picture(
    folder: Path, base: Path, make: Make, name: str
) -> None:
    drawn = folder / f"{name}-pictures"
    drawn.mkdir()
    run_ffmpeg("-i", str(base), "-frames:v", "12", str(drawn / "p%03d.png"))
    facts = Image.Exif()
    facts[0x010F] = "SECRETMAKER"
    for picture in sorted(drawn.glob("*.png")):
        Image.open(picture).convert("RGB").save(
            picture.with_suffix(".jpg"), quality=95, exif=facts, comment=b"SECRETWORDS"
        )
    film = folder / name
    run_ffmpeg("-framerate", "25", "-i", str(drawn / "p%03d.jpg"), "-c", "copy", str(film))
    assert b"SECRETMAKER" in film.read_bytes()
    clip = clip_of(film, 120, 320, make)
    assert numbers(clip) == list(range(3, 8))
    assert all(b"SECRET" not in file.read_bytes() for file in clip.parent.iterdir())


def test_glimpses_of_pictures_that_come_in_bursts(folder: Path, base: Path, tmp_path: Path) -> None:
    """Screen recorders write five at once, then none for a while."""
    film = folder / "bursts.mkv"
    run_ffmpeg(
        *("-i", str(base), "-vf", "settb=1/1000,setpts='floor(N/5)*200+mod(N,5)*3'"),
        *("-fps_mode", "passthrough", "-enc_time_base", "1:1000", *CLOSE, *COPIED, str(film)),
    )
    recording = probe(film)
    cut = recording.around(2000, 150)
    with Library(tmp_path / "recordings", tmp_path).glimpses(film, recording, cut, 640) as (
        made,
        _,
    ):
        told = {number: read_number(pictures(path)[0]) for number, path in made.items()}
    assert told == {one: one for one in range(cut.first, cut.first + cut.frames)}


def test_a_picture_that_stays_brings_no_sound_from_beyond_the_marks(
    folder: Path, base: Path, make: Make
) -> None:
    """Screen recorders write a picture only when it changes; this one stays from 0.36 to 3.64 s."""
    film = input_films.uneven(folder / "stays.mp4", base, "lt(n,10)+gt(n,90)")
    clip = clip_of(film, 1500, 1900, make)
    told, sound = numbers(clip), samples(clip)
    assert set(told) == {9}
    assert len(told) == 10
    assert len(sound) / 48_000 == pytest.approx(0.4, abs=0.025)
    assert read_number(pictures(clip.with_name("poster-640.jpg"))[0]) == 9
    sound = np.abs(np.diff(samples(clip_of(film, 1900, 2300, make)), n=2))
    assert abs(int(np.argmax(sound)) / 48_000 - 0.1) < 0.020  # the click of second 2


def test_the_last_picture_of_a_variable_rate_is_held(folder: Path, base: Path, make: Make) -> None:
    film = input_films.uneven(folder / "held.mp4", base, "lt(n,10)+gt(n,90)")
    told = numbers(clip_of(film, 200, 3000, make))
    assert told[0] == 5
    assert set(told[5:]) == {9}
    assert len(told) == pytest.approx(70, abs=1)


def test_a_file_that_claims_more_pictures_than_any_camera_films(tmp_path: Path) -> None:
    """Its index of a few hundred bytes says ten million, each of one byte."""
    film = tmp_path / "bomb.mp4"
    film.write_bytes(_claiming(10_000_000))
    with pytest.raises(RecordingError):
        probe(film)


def _claiming(count: int) -> bytes:
    def box(kind: bytes, *inside: bytes) -> bytes:
        body = b"".join(inside)
        return struct.pack(">I4s", len(body) + 8, kind) + body

    def full(kind: bytes, *inside: bytes, flags: int = 0) -> bytes:
        return box(kind, struct.pack(">I", flags), *inside)

    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    kind = box(b"ftyp", b"isom", struct.pack(">I", 0), b"isom")
    looks = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HH", 64, 64)
    looks += struct.pack(">IIIH", 0x480000, 0x480000, 0, 1) + bytes(32) + struct.pack(">Hh", 24, -1)
    table = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), box(b"jpeg", looks)),
        full(b"stts", struct.pack(">III", 1, count, 1)),
        full(b"stsc", struct.pack(">IIII", 1, 1, count, 1)),
        full(b"stsz", struct.pack(">II", 1, count)),
        full(b"stco", struct.pack(">II", 1, len(kind) + 8)),
    )
    linked = box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1)))
    inner = box(b"minf", full(b"vmhd", bytes(8), flags=1), linked, table)
    timed = full(b"mdhd", struct.pack(">IIII", 0, 0, 1000, count) + bytes(4))
    media = box(b"mdia", timed, full(b"hdlr", bytes(4), b"vide", bytes(13)), inner)
    head = struct.pack(">IIIII", 0, 0, 1, 0, count) + bytes(20) + matrix
    head += struct.pack(">II", 64 << 16, 64 << 16)
    film = struct.pack(">IIII", 0, 0, 1000, 1000) + struct.pack(">Ih", 65536, 256) + bytes(10)
    index = box(
        b"moov",
        full(b"mvhd", film, matrix, bytes(24), struct.pack(">I", 2)),
        box(b"trak", full(b"tkhd", head, flags=3), media),
    )
    return kind + box(b"mdat", b"x" * 100) + index


def test_a_contact_sheet_is_never_put_into_a_site(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    """Nothing is blurred in it, and a site may be handed on."""
    assert vigsite("build", ash.directory, "--draft").status == 0
    site = tmp_path / "sites" / "ash" / "review"
    done = vigsite("contact-sheet", ash.directory, "1-tea", "0:02.0", "--out", site / "choose")
    assert done.status == 2
    assert "Choose another --out" in done.err
    assert not (site / "choose").exists()
