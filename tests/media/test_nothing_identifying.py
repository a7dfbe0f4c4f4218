"""What a phone writes into its films is in nothing that vigsite makes."""

from __future__ import annotations

import re
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from tests.conftest import need
from tests.helpers.counted_films import counted_film, run_ffmpeg, samples
from tests.media.test_cuts import Make, make
from vigsite.case.timecode import Span
from vigsite.media.recipes.picture import Look
from vigsite.media.recipes.recipe import FULL, clip_recipe, still_recipe
from vigsite.media.recordings.probe import probe

__all__ = ["make"]

SPOKEN = "Featherstone"
PLANTED = {
    "title": "Featherstone at home",
    "artist": "A. Featherstone",
    "location": "+52.2053+000.1218/",
    "com.android.model": "Nokia-3310",
    "com.apple.quicktime.make": "Fairphone-of-Wren",
    "comment": "for Dr Quill only",
    "creation_time": "2021-03-04T05:06:07Z",
}
CHAPTER, XMP, SEI, COVER, CAPTION = (
    "Chapter of the kitchen",
    "Xmp-at-Larkspur-Close",
    "Sei-of-Hazel",
    "Cover-by-Briony",
    "Rowan said this aloud",
)
MARK = uuid.UUID("5b1f6c2e-93d4-4a77-8e0d-7c2a9f3b6d18")
"""Says whose words the SEI message holds."""
HANDLER, TIMECODE = "Handler-of-Juniper", "07:08:09:10"
NEEDLES = [
    *(SPOKEN, "52.2053", "Nokia-3310", "Fairphone-of-Wren", "Dr Quill", "2021-03-04", "2021:03:04"),
    *(CHAPTER, XMP, SEI, COVER, CAPTION, HANDLER, TIMECODE),
]
UNWRITTEN = {
    ".mov": {COVER, "2021:03:04"},
    ".mp4": {"Nokia-3310", "Fairphone-of-Wren", "52.2053", "2021-03-04", "2021:03:04", TIMECODE},
}
"""What a container has no words for: dates and places are numbers there, covers and makes left."""
SECOND_TONE = 3130
CEA_TRIPLET = b"\xfc\x94\xae\xfd\x80\x80"
"""Two words of closed captions, as they lie in a picture's user data."""

_NAMES = """
    ExifToolVersion FileName Directory FileSize FileModifyDate FileAccessDate
    FileInodeChangeDate FilePermissions FileType FileTypeExtension MIMEType JFIFVersion
    ResolutionUnit XResolution YResolution ImageWidth ImageHeight EncodingProcess BitsPerSample
    ColorComponents YCbCrSubSampling ImageSize Megapixels MajorBrand MinorVersion
    CompatibleBrands MediaDataSize MediaDataOffset MovieHeaderVersion CreateDate ModifyDate
    TimeScale Duration PreferredRate PreferredVolume PreviewTime PreviewDuration PosterTime
    SelectionTime SelectionDuration CurrentTime NextTrackID TrackHeaderVersion TrackCreateDate
    TrackModifyDate TrackID TrackDuration TrackLayer TrackVolume MatrixStructure
    MediaHeaderVersion MediaCreateDate MediaModifyDate MediaTimeScale MediaDuration
    MediaLanguageCode HandlerType HandlerDescription GraphicsMode OpColor CompressorID
    SourceImageWidth SourceImageHeight BitDepth PixelAspectRatio BufferSize MaxBitrate
    AverageBitrate VideoFrameRate Balance AudioFormat AudioChannels AudioBitsPerSample
    AudioSampleRate ColorProfiles ColorPrimaries TransferCharacteristics MatrixCoefficients
    HandlerVendorID CompressorName VideoFullRangeFlag AvgBitrate Rotation
"""
TECHNICAL = set(_NAMES.split())
"""Every field that may be there at all; another one is looked at by a person first."""
FIXED = {
    "HandlerDescription": {"VideoHandler", "SoundHandler"},
    "MediaLanguageCode": {"und"},
    "CompressorID": {"avc1"},
    "HandlerType": {"Video Track", "Audio Track", "Metadata"},
    "CompressorName": {"Lavc libx264"},
    "HandlerVendorID": {"Apple"},  # ffmpeg's empty list of words has Apple's form
    "MajorBrand": {"MP4 Base Media v1 [IS0 14496-12:2003]"},
    "Rotation": {"0"},
    **{
        f"{part}{what}Date": {"0000:00:00 00:00:00"}
        for part in ("", "Track", "Media")
        for what in ("Create", "Modify")
    },
}
"""Fields that could carry words or dates, and all that they may say."""


def planted_film(film: Path) -> Path:
    """A film with everything in it that phones, editors and players write beside the pictures."""
    folder = film.parent
    plain = counted_film(folder / "plain.mp4", "25", 2, extra=("-bf", "0")).path
    spoken = folder / "spoken.h264"
    sei = f"{MARK}+{SEI}"
    run_ffmpeg(
        *("-i", str(plain), "-map", "0:v", "-c", "copy", "-bsf:v"),
        *(f"h264_mp4toannexb,h264_metadata=sei_user_data={sei}", str(spoken)),
    )
    captioned = captions_added(spoken)
    cover = folder / "cover.jpg"
    run_ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", str(cover))
    drawn = cover.read_bytes()
    words = jpeg_part(0xFE, COVER.encode()) + jpeg_part(
        0xE2, b"ICC_PROFILE\x00\x01\x01" + bytes(132)
    )
    cover.write_bytes(drawn[:2] + words + drawn[2:])
    chapters = folder / "chapters.txt"
    chapters.write_text(
        f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle={CHAPTER}\n"
    )
    subtitles = folder / "words.srt"
    subtitles.write_text(f"1\n00:00:00,100 --> 00:00:01,900\n{CAPTION}\n")
    run_ffmpeg(
        *(
            "-r",
            "25",
            "-i",
            str(captioned),
            "-i",
            str(plain),
            "-i",
            str(chapters),
            "-i",
            str(cover),
        ),
        *("-f", "lavfi", "-i", f"sine=f={SECOND_TONE}:d=2:r=48000", "-i", str(subtitles)),
        *("-map", "0:v", "-map", "1:a", "-map", "4:a", "-map", "5:s", "-map", "3:v"),
        *("-map_metadata", "2", "-c", "copy", "-c:a:1", "aac", "-c:s", "mov_text"),
        *("-disposition:v:1", "attached_pic", "-timecode", TIMECODE, "-write_tmcd", "1"),
        *("-disposition:a:0", "default", "-disposition:a:1", "0"),
        *(word for item in PLANTED.items() for word in ("-metadata", "=".join(item))),
        *("-metadata:s:v:0", f"handler_name={HANDLER}"),
        *(("-movflags", "use_metadata_tags") if film.suffix == ".mov" else ()),
        str(film),
    )
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc>{XMP}</dc></x:xmpmeta>'.encode()
    marked = uuid.UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes + packet
    with film.open("ab") as file:
        file.write((8 + len(marked)).to_bytes(4, "big") + b"uuid" + marked)
    raw = film.read_bytes()
    missing = {needle for needle in NEEDLES if needle.encode() not in raw}
    assert missing == UNWRITTEN[film.suffix]
    assert b"tmcd" in raw
    assert CEA_TRIPLET in raw
    return film


def jpeg_part(kind: int, said: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, kind]) + (len(said) + 2).to_bytes(2, "big") + said


def captions_added(stream: Path) -> Path:
    """The same H.264 with closed captions (ATSC A/53) before every picture."""
    payload = b"\xb5\x00\x31GA94\x03" + bytes([0x40 | 2, 0xFF]) + CEA_TRIPLET + b"\xff"
    sei = b"\x00\x00\x00\x01\x06" + bytes([4, len(payload)]) + payload + b"\x80"
    raw = stream.read_bytes()
    captioned = stream.with_name("captioned.h264")
    # A picture's first slice starts with a set bit (`first_mb_in_slice` is 0).
    captioned.write_bytes(
        re.sub(
            rb"(?:\x00)?\x00\x00\x01[\x41\x01\x65\x61\x21](?=[\x80-\xff])",
            sei.replace(b"\\", rb"\\") + rb"\g<0>",
            raw,
        )
    )
    return captioned


@pytest.fixture(scope="module", params=[".mov", ".mp4"])
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted_film(tmp_path_factory.mktemp("planted") / f"film{request.param}")


@pytest.fixture
def made(film: Path, make: Make) -> list[Path]:
    """A clip with its posters, and a still."""
    recording = probe(film)
    recipes = [
        clip_recipe(recording, recording.cut(Span(200, 800)), Look(), FULL),
        still_recipe(recording, recording.single(500), Look(), FULL),
    ]
    return [make(recipe, film) / name for recipe in recipes for name in recipe.names]


def test_the_planted_film_is_as_full_as_it_should_be(film: Path) -> None:
    """A place, names, a date, chapters, a cover, captions and a second sound are really there."""
    with av.open(str(film)) as opened:
        kinds = [stream.type for stream in opened.streams]
        assert kinds.count("audio") == 2
        assert kinds.count("video") == (2 if film.suffix == ".mp4" else 1)
        assert {"subtitle", "data"} <= set(kinds)
        frame = next(opened.decode(video=0))
        assert "A53_CC" in beside(frame)
    need("exiftool", shutil.which("exiftool") is not None)
    seen = exiftool([film])
    for word in (XMP, CHAPTER, SPOKEN, "2021:03:04"):
        assert word in seen, word


def beside(frame: Any) -> set[str]:
    """What comes along with a picture."""
    return {data.type.name for data in frame.side_data}


def test_no_byte_of_what_was_planted_comes_through(made: list[Path]) -> None:
    for file in made:
        raw = file.read_bytes()
        for needle in NEEDLES:
            for written in (
                needle.encode(),
                needle.encode("utf-16-le"),
                needle.encode("utf-16-be"),
            ):
                assert written not in raw, (file.name, needle)
        for hidden in (CEA_TRIPLET, b"GA94", MARK.bytes, b"tmcd", b"ICC_PROFILE"):
            assert hidden not in raw, (file.name, hidden)
        assert file.suffix == ".mp4" or b"Lavc" not in raw


def test_a_clip_is_one_picture_and_one_sound_and_nothing_beside(made: list[Path]) -> None:
    clip = next(file for file in made if file.suffix == ".mp4")
    with av.open(str(clip)) as opened:
        assert [stream.type for stream in opened.streams] == ["video", "audio"]
        assert not opened.chapters()
        found = {name for frame in opened.decode(video=0) for name in beside(frame)}
    # x264 names itself and its settings in the first picture; that says nothing of the family.
    assert found <= {"SEI_UNREGISTERED"}


def test_the_second_sound_is_not_mixed_in(film: Path, made: list[Path]) -> None:
    clip = next(file for file in made if file.suffix == ".mp4")
    sound = samples(clip)
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))

    def strength(pitch: int) -> float:
        place = round(pitch * len(sound) / 48_000)
        return float(power[place - 3 : place + 4].max())

    assert strength(SECOND_TONE) < strength(300) / 1000


def exiftool(files: list[Path]) -> str:
    return subprocess.run(
        ["exiftool", "-a", "-G1", "-s", "-ee", *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_exiftool_sees_technical_fields_alone(made: list[Path]) -> None:
    """By the name of the field, and by what it says where it could say more."""
    need("exiftool", shutil.which("exiftool") is not None)
    seen = exiftool(made)
    fields = re.findall(r"^\[([^\]]+)\]\s+(\S+)\s*: ?(.*)$", seen, re.MULTILINE)
    assert len(fields) > 100
    groups = {group for group, _, _ in fields}
    assert groups <= {
        *("ExifTool", "System", "File", "JFIF", "Track1", "Track2", "QuickTime", "Composite"),
    }
    assert not {name for _, name, _ in fields} - TECHNICAL
    for group, name, value in fields:
        if group != "System" and name in FIXED:
            assert value in FIXED[name], (group, name, value)
    assert not [needle for needle in NEEDLES if needle in seen]
