"""Makes stills in this process: no program to start, and only the pictures needed are decoded.

The filters are those of `picture.py`, wired into PyAV's own libavfilter instead of a command line.
That library has no tone-mapping (`zscale`), so films of high dynamic range go through ffmpeg.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigsite.errors import MediaError
from vigsite.media.recipes.picture import FOR_JPEG, shaped
from vigsite.media.recipes.recipe import Picture, Still, picture_in
from vigsite.media.recordings.probe import OPENING, alone, frames_of
from vigsite.media.recordings.recording import UNPACKING, Cut, Recording

_PATIENCE_S = 60.0
"""How long opening or reading the file may take."""
_LAMBDA = 118
"""ffmpeg's `FF_QP2LAMBDA`: steps of `global_quality` in one step of `q:v`."""


def maker() -> str:
    """What makes stills here, for the key of the cache."""
    import av

    return f"PyAV {av.__version__}"


@dataclass(slots=True)
class Wire:
    """The end of a chain of filters; has the methods of ffmpeg-python's streams that we use."""

    graph: Any
    end: Any
    pad: int = 0

    def filter(self, name: str, *values: object, **options: object) -> Wire:
        """The same wire, one filter further."""
        return self._into(name, values, options)

    def filter_multi_output(self, name: str, count: int) -> list[Wire]:
        """Several wires that carry the same pictures."""
        split = self._into(name, (count,), {})
        return [Wire(self.graph, split.end, number) for number in range(count)]

    def overlay(self, patch: Wire, **options: object) -> Wire:
        """Another wire's pictures laid over these."""
        laid = self._into("overlay", (), options)
        patch.end.link_to(laid.end, patch.pad, 1)
        return laid

    def last(self) -> Any:
        """Closes the wire; pictures can be pulled here."""
        return self._into("buffersink", (), {}).end

    def _into(self, name: str, values: tuple[object, ...], options: dict[str, object]) -> Wire:
        spelled = [str(value) for value in values]
        spelled += [f"{key}={value}" for key, value in options.items()]
        following = self.graph.add(name, ":".join(spelled))
        self.end.link_to(following, self.pad, 0)
        return Wire(self.graph, following)


def make_still(still: Still, wanted: Sequence[Picture], path: Path, folder: Path) -> None:
    """Writes a still in all its sizes. Raises MediaError when its frame cannot be read."""
    import av
    import av.filter

    recording = still.recording
    frame = _frame(path, recording, still.cut)
    frame.pts, frame.time_base = 0, Fraction(1, 1000)
    graph = av.filter.Graph()
    graph.threads = 1
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )
    picture = shaped(Wire(graph, source), recording, still.look, still.drawn, FOR_JPEG, alone=True)
    branches = picture.filter_multi_output("split", len(wanted))
    ends = [picture_in(wire, made).last() for wire, made in zip(branches, wanted, strict=True)]
    try:
        graph.configure()
        source.push(frame)
        source.push(None)
        for end, made in zip(ends, wanted, strict=True):
            (folder / made.name).write_bytes(_jpeg(end.pull(), made))  # cached
    except av.FFmpegError as error:
        raise MediaError(f"{path.name}: the picture there could not be made: {error}") from error


def _jpeg(frame: Any, made: Picture) -> bytes:
    import av

    encoder = av.codec.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, frame.format.name
    encoder.time_base = Fraction(1, 25)
    encoder.thread_count = 1
    quality = made.fineness * _LAMBDA
    encoder.options = {"flags": "+bitexact+qscale", "global_quality": str(quality)}
    return b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])


def _frame(path: Path, recording: Recording, cut: Cut) -> Any:
    """The first frame of a cut, as stored. Raises MediaError when it cannot be read."""
    import av

    lower, upper = recording.bounds_us(cut.first, cut.first + 1)
    try:
        with av.open(str(path), container_options=OPENING, timeout=_PATIENCE_S) as container:
            for time_us, frame in decoded(container, recording, cut):
                if lower < time_us < upper:
                    return frame
                if time_us >= upper:
                    break
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"{path.name} cannot be read at that place: {error}") from error
    raise MediaError(f"{path.name} has no picture that can be read at that place")


def decoded(container: Any, recording: Recording, cut: Cut) -> Iterator[tuple[int, Any]]:
    """Frames from somewhere before a cut on, with their times as the probe counts them."""
    time_us = 0
    for packet, time_of in packets(container, recording, cut):
        for frame in frames_of(packet):
            if recording.packed:  # its frames carry the time of another; they come in order
                step_us = recording.end_us // len(recording.frame_us)
                time_us = time_us + step_us if frame.dts is None else time_of(frame.dts)
                yield time_us, frame
            elif frame.pts is not None:
                yield time_of(frame.pts), frame


def packets(
    container: Any, recording: Recording, cut: Cut
) -> Iterator[tuple[Any, Callable[[int], int]]]:
    """Packets from somewhere before a cut on, with what makes their times those of the probe."""
    video = alone(container, recording.video)
    base: Fraction = video.time_base
    start = Fraction((container.start_time or 0) + recording.offset_us, 1_000_000)
    begin = round(start / base)
    early_us = recording.opened_us(cut) - recording.offset_us
    if early_us > 0:
        container.seek(begin + int(Fraction(early_us, 1_000_000) / base), stream=video)

    def time_of(pts: int) -> int:
        return (pts - begin) * 1_000_000 * base.numerator // base.denominator

    for packet in _unpacked(video, container) if recording.packed else container.demux(video):
        yield packet, time_of


def _unpacked(video: Any, container: Any) -> Iterator[Any]:
    """Packets of a packed film, one picture each."""
    from av.bitstream import BitStreamFilterContext

    unpacking = BitStreamFilterContext(UNPACKING, video)
    for packet in container.demux(video):
        is_end = not packet.size  # the filter empties what it is given
        for single in unpacking.filter(None if is_end else packet):
            single.stream = video
            yield single
        if is_end:
            yield packet
