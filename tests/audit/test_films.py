"""A film stores what it shows, says nothing beside, and its stored bytes are searched too."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.audit.films import TOLD, box, cut_by_skipping, first, hidden, over_stored, put
from tests.helpers.audited_site import Built
from tests.helpers.counted_films import run_ffmpeg
from vigsite.audit.finding import SITE
from vigsite.audit.formats.mp4_boxes import mp4_findings
from vigsite.audit.one_file import Look
from vigsite.audit.search.search import Secrets
from vigsite.case.editions import Edition
from vigsite.withheld.spellings import named

SAID = b" at Featherstone, again "
LOOK = Look(Secrets(tuple(named("Featherstone", "never_show"))), SITE)


@pytest.fixture(scope="module")
def clip(built: Built) -> bytes:
    return next((built.site(Edition.KEEPSAKE) / "media").glob("*.mp4")).read_bytes()


def found(raw: bytes) -> list[str]:
    return [str(finding) for finding in LOOK.file("a.mp4", raw)]


def test_a_film_of_ours_is_clean(clip: bytes) -> None:
    assert found(clip) == []


@pytest.mark.parametrize("how", hidden(b""))
@pytest.mark.parametrize("said", [SAID, b"".join(bytes([0, c]) for c in SAID)], ids=["8", "16"])
def test_words_in_a_film_are_found_and_so_is_their_place(
    clip: bytes, how: str, said: bytes
) -> None:
    found_ = found(hidden(said)[how](clip))
    assert len(found_) >= (1 if how == "the encoder's name" else 2)
    cut_short = how == "the encoder's name" and said != SAID
    assert cut_short or any("holds 'Featherstone'" in finding for finding in found_)


@pytest.mark.parametrize("how", hidden(b""))
def test_other_bytes_in_those_places_are_found_as_well(clip: bytes, how: str) -> None:
    assert found(hidden(bytes(range(1, 25)))[how](clip))


@pytest.mark.parametrize(
    "said",
    [SAID, SAID.upper(), SAID.decode().encode("utf-16-le"), base64.b64encode(SAID), SAID.hex().encode()],
    ids=["plain", "capitals", "UTF-16", "base64", "hex"],
)  # fmt: skip
def test_words_over_the_stored_pictures_are_found(clip: bytes, said: bytes) -> None:
    assert any("Featherstone" in finding for finding in found(over_stored(clip, said)))


@pytest.mark.parametrize("what", TOLD)
def test_what_a_film_tells_without_words_is_found(clip: bytes, what: str) -> None:
    assert found(TOLD[what](clip))


@pytest.mark.parametrize("at", [10, 5000, -1, -3000])
def test_a_truncated_film_is_found(clip: bytes, at: int) -> None:
    assert found(clip[:at])


def test_boxes_that_contradict_themselves_end_in_a_sentence(clip: bytes) -> None:
    for kind, at in ((b"stsz", 8), (b"stsc", 8), (b"stco", 8), (b"stts", 4), (b"elst", 4)):
        for value in (b"\xff\xff\xff\xff", b"\0\0\0\0"):
            assert found(put(clip, kind, at, value)), (kind, value)
    place, _ = first(clip, b"moov")
    assert found(clip[:place] + b"\xff\xff\xff\xff" + clip[place + 4 :])
    assert found(clip[:place] + b"\0\0\0\1" + clip[place + 4 :])
    assert found(box(b"ftyp", b"isom") * 3000)
    assert found(b"")


def test_any_byte_of_the_index_may_be_wrong_and_nothing_breaks(clip: bytes) -> None:
    at, size = first(clip, b"moov")
    for place in range(at, at + size, 41):
        list(mp4_findings("a.mp4", clip[:place] + b"\xee" + clip[place + 1 :]))


FFMPEG = {
    "a title": ("-metadata", "title=x"),
    "a place": ("-metadata", "location=+51.5-0.1/"),
    "a date": ("-metadata", "creation_time=2026-03-01T10:11:12Z"),
    "a program": ("-metadata", "encoded_by=x", "-fflags", "-bitexact"),
    "a handler": ("-metadata:s:v:0", "handler_name=Core Media Video"),
    "a language": ("-metadata:s:a:0", "language=cym"),
    "fragments": ("-movflags", "frag_keyframe+empty_moov"),
    "a rotation to be read": ("-movflags", "use_metadata_tags", "-metadata", "note=x"),
}


@pytest.mark.parametrize("what", FFMPEG)
def test_what_ffmpeg_would_write_is_found(built: Built, tmp_path: Path, what: str) -> None:
    clip = next((built.site(Edition.KEEPSAKE) / "media").glob("*.mp4"))
    made = tmp_path / "made.mp4"
    usual = ("-i", str(clip), "-c", "copy", "-map_metadata", "-1", "-fflags", "+bitexact")
    run_ffmpeg(*usual, *FFMPEG[what], str(made))
    assert found(made.read_bytes())


def test_tracks_beside_picture_and_sound_are_found(built: Built, tmp_path: Path) -> None:
    clip = next((built.site(Edition.KEEPSAKE) / "media").glob("*.mp4"))
    words = tmp_path / "words.srt"
    words.write_text("1\n00:00:00,100 --> 00:00:00,900\nat Featherstone\n")
    for number, more in enumerate(
        [("-i", str(words), "-map", "0", "-map", "1", "-c:s", "mov_text"),
         ("-map", "0:v", "-map", "0:a", "-map", "0:a"), ("-map", "0:v", "-map", "0:v")]
    ):  # fmt: skip
        made = tmp_path / f"{number}.mp4"
        run_ffmpeg("-i", str(clip), *more, "-c:v", "copy", "-c:a", "copy", str(made))
        assert any("other tracks" in finding for finding in found(made.read_bytes()))


def test_a_cut_that_only_skips_is_found(built: Built, tmp_path: Path) -> None:
    """A copied clip keeps what was recorded before it; players are told to leave it out."""
    made = cut_by_skipping(tmp_path, built.case / "1-tea" / "film.mp4").read_bytes()
    assert any("pictures that are not shown" in finding for finding in found(made))
