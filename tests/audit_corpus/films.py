"""Clips with more in them than their seconds: places, days, names, tracks, hidden footage."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.audit_corpus.planting import CLIP, NOTE, STILL, SURNAME, Built, Plant
from tests.helpers.counted_films import run_ffmpeg

Put = Callable[[Path, Built], str]
_SUBTITLES = f"1\n00:00:00,000 --> 00:00:00,900\n{NOTE}\n"
_EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")


def _muxed(*arguments: str, inputs: Callable[[Path, Built], list[str]] | None = None) -> Put:
    """The clip copied into a new file by ffmpeg, with more said."""

    def put(copy: Path, built: Built) -> str:
        clip, new = copy / CLIP, copy / "new.mp4"
        more = inputs(copy, built) if inputs else []
        maps = () if "-map" in arguments else ("-map", "0")
        run_ffmpeg("-i", str(clip), *more, *maps, "-c", "copy", "-map_metadata", "-1", *_EXACT,
                   *arguments, "-movflags", "+faststart+use_metadata_tags", str(new))  # fmt: skip
        new.replace(clip)
        return CLIP

    return put


def _exiftool(*tags: str) -> Put:
    def put(copy: Path, built: Built) -> str:
        command = ["exiftool", "-q", "-overwrite_original", *tags, str(copy / CLIP)]
        subprocess.run(command, check=True, capture_output=True)
        return CLIP

    return put


def _bytes(changed: Callable[[bytes], bytes]) -> Put:
    def put(copy: Path, built: Built) -> str:
        (copy / CLIP).write_bytes(changed((copy / CLIP).read_bytes()))
        return CLIP

    return put


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _behind(piece: bytes) -> Put:
    return _bytes(lambda old: old + piece)


def _patched(kind: bytes, offset: int, content: bytes) -> Put:
    """Writes over bytes inside the first box of a kind, from behind its name."""

    def changed(old: bytes) -> bytes:
        at = old.index(kind, old.index(b"moov")) + 4 + offset
        return old[:at] + content + old[at + len(content) :]

    return _bytes(changed)


def _longer_mdat(old: bytes) -> bytes:
    """Bytes at the end of the media that no sample points to; mdat is the last box."""
    at = old.index(b"mdat") - 4
    [size] = struct.unpack(">I", old[at : at + 4])
    assert at + size == len(old), "mdat is not last"
    more = old[at + 8 : at + 4008]
    return old[:at] + struct.pack(">I", size + len(more)) + old[at + 4 :] + more


def _own(copy: Path, built: Built) -> list[str]:
    [film] = (built.case / "1-tea").glob("*.mp4")
    return ["-i", str(film)]


def _subtitles(copy: Path, built: Built) -> list[str]:
    file = copy.parent / "said.srt"
    file.write_text(_SUBTITLES, "utf-8")
    return ["-i", str(file)]


def _cover(copy: Path, built: Built) -> list[str]:
    return ["-i", str(built.review / STILL)]


def _chapters(copy: Path, built: Built) -> list[str]:
    file = copy.parent / "chapters.txt"
    file.write_text(
        f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle={NOTE}\n", "utf-8"
    )
    return ["-i", str(file), "-map_chapters", "1"]


def _trimmed(copy: Path, built: Built) -> str:
    """Seconds before the clip stay inside, hidden by an edit list."""
    [film] = (built.case / "1-tea").glob("*.mp4")
    run_ffmpeg("-ss", "1", "-t", "1", "-i", str(film), "-c", "copy", "-map_metadata", "-1",
               *_EXACT, "-movflags", "+faststart", str(copy / CLIP))  # fmt: skip
    return CLIP


def _other_seconds(copy: Path, built: Built) -> str:
    [film] = (built.case / "1-tea").glob("*.mp4")
    run_ffmpeg("-ss", "2.8", "-t", "0.4", "-i", str(film), "-map_metadata", "-1", "-s", "160x90",
               *_EXACT, "-movflags", "+faststart", str(copy / CLIP))  # fmt: skip
    return CLIP


def _another_clip(copy: Path, built: Built) -> str:
    name = "media/cycle-1-moment-4.mp4"
    kept = (copy / CLIP).read_bytes()
    _other_seconds(copy, built)
    (copy / CLIP).rename(copy / name)
    (copy / CLIP).write_bytes(kept)
    return name


def _whole_recording(copy: Path, built: Built) -> str:
    [film] = (built.case / "1-tea").glob("*.mp4")
    shutil.copyfile(film, copy / "media" / "all.mp4")
    return "media/all.mp4"


def _sound_alone(copy: Path, built: Built) -> str:
    name = "media/cycle-1-moment-1.m4a"
    run_ffmpeg("-i", str(copy / CLIP), "-vn", "-c", "copy", str(copy / name))
    return name


_SEI = f"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{SURNAME}"
_QUICK = bytes.fromhex("e2a1b3c4")

PLANTS = [
    Plant("film's place", _muxed("-metadata", "location=+52.5200+013.4050/"), knows=False),
    Plant("film's title", _muxed("-metadata", f"title={NOTE}"), knows=False),
    Plant("film's title, the words", _muxed("-metadata", f"title={NOTE}"), says="holds"),
    Plant("film's phone", _muxed("-metadata", "com.apple.quicktime.model=iPhone 15"), knows=False),
    Plant("film's day", _muxed("-metadata", "creation_time=2026-02-01T19:33:22Z"), knows=False),
    Plant("track's day alone", _patched(b"mdhd", 4, _QUICK), knows=False),
    Plant("track's day of change", _patched(b"tkhd", 8, _QUICK), knows=False),
    Plant("film's day alone", _patched(b"mvhd", 4, _QUICK), knows=False),
    Plant("handler's name", _muxed("-metadata:s:v", f"handler_name={SURNAME}"), knows=False),
    Plant("track's title", _muxed("-metadata:s:v", f"title={SURNAME}"), knows=False),
    Plant("compressor's name", _patched(b"avc1", 42, b"\x0dJo's Pixel 8a"), knows=False),
    Plant("coder's note in the pictures", _muxed("-bsf:v", _SEI), says="holds"),
    Plant("coder's note, case unknown", _muxed("-bsf:v", _SEI), knows=False),
    Plant("XMP in a film", _exiftool(f"-XMP:Creator={SURNAME}"), knows=False),
    Plant("uuid box", _behind(_box(b"uuid", b"\x11" * 16 + NOTE.encode())), knows=False),
    Plant("free box", _behind(_box(b"free", NOTE.encode())), knows=False),
    Plant("skip box", _behind(_box(b"skip", NOTE.encode())), knows=False),
    Plant("meta box", _behind(_box(b"meta", bytes(4) + NOTE.encode())), knows=False),
    Plant("box of no known kind", _behind(_box(b"abcd", NOTE.encode())), knows=False),
    Plant("second mdat", _behind(_box(b"mdat", bytes(range(256)) * 20)), knows=False),
    Plant("bytes behind all boxes", _behind(NOTE.encode()), knows=False),
    Plant("a few zeros and a word", _behind(bytes(16) + SURNAME.encode()), knows=False),
    Plant("media no sample points to", _bytes(_longer_mdat), knows=False),
    Plant("second picture track", _muxed("-map", "0", "-map", "1:v", inputs=_own), knows=False),
    Plant("second sound track", _muxed("-map", "0", "-map", "0:a"), knows=False),
    Plant("subtitle track", _muxed("-map", "0", "-map", "1", "-c:s", "mov_text", inputs=_subtitles), knows=False),
    Plant("subtitle track, the words", _muxed("-map", "0", "-map", "1", "-c:s", "mov_text", inputs=_subtitles), says="holds"),
    Plant("chapters", _muxed(inputs=_chapters), knows=False),
    Plant("cover picture", _muxed("-map", "0", "-map", "1", "-disposition:v:1", "attached_pic", inputs=_cover), knows=False),
    Plant("time code track", _muxed("-timecode", "19:33:22:00"), knows=False),
    Plant("seconds hidden by an edit list", _trimmed, knows=False),
    Plant("other seconds, new encode", _other_seconds),
    Plant("a clip of no moment", _another_clip),
    Plant("the whole recording", _whole_recording),
    Plant("sound of a clip alone", _sound_alone),
]  # fmt: skip
