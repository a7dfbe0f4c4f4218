"""`vigsite add`: adds a cycle with its film."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("film", type=click.Path(path_type=Path))
@click.option("--setting", default="", help="Where and when, such as: Breakfast at home.")
@click.option(
    "--filmed", metavar="DATE", help="The day of the film; the file's own day without it."
)
@click.option("--top-up", is_flag=True, help="It is a top-up cycle.")
def add(case: Path, film: Path, setting: str, filmed: str | None, top_up: bool) -> None:
    """Add FILM to CASE as its next cycle: copies it and writes a commented cycle.yml."""
    import datetime as dt
    import re
    import shutil

    from vigsite.case.load import find_case, load_case
    from vigsite.case.start import cycle_text, next_cycle_folder, short_name
    from vigsite.errors import CaseFaults, FilmsDeleted, InputError, RecordingError
    from vigsite.examine import films_deleted
    from vigsite.media.probe import probe
    from vigsite.publish import could_not, delete, staging_for, swap_in
    from vigsite.records import Records

    directory = find_case(case)
    if not film.is_file():
        raise InputError(f"{film}: no such film. Name the file as it lies on this computer.")
    try:
        recording = probe(film)
    except RecordingError as error:
        raise InputError(f"{film} {error}.") from error
    try:
        day = (
            dt.date.fromisoformat(filmed) if filmed else dt.date.fromtimestamp(film.stat().st_mtime)
        )
    except ValueError:
        raise InputError(
            f"--filmed: found {filmed!r}; expected a date such as 2026-03-02."
        ) from None
    read = load_case(directory)
    mine = [fault for fault in read.report.faults if fault.file == directory / "case.yml"]
    if read.case is None or mine:
        raise CaseFaults(mine or read.report.faults)
    if read.case.films_deleted:
        raise FilmsDeleted(f"{read.case.slug}: {films_deleted(read.case.films_deleted)}")
    people = list(read.case.written.family.people)
    slug = short_name(setting) if setting else "top-up" if top_up else "film"
    with Records(directory.resolve()).locked():
        folder = directory / next_cycle_folder(directory, slug)
        suffix = film.suffix.lower()
        name = slug + (suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".mp4")
        staging = staging_for(folder)
        try:
            shutil.copyfile(film, staging / name)
            text = cycle_text(name, day, setting, people, recording.duration_ms, top_up)
            (staging / "cycle.yml").write_text(text, encoding="utf-8")
            swap_in(staging, folder)
        except OSError as error:
            raise could_not("copy the film to", folder, error) from error
        finally:
            delete(staging)
    click.echo(
        f"Added {folder}. Mark moments in {folder / 'cycle.yml'}, then: vigsite check {case}"
    )
