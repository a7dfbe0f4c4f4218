"""Cases that are meant where none is named: the one somebody stands in, or those below."""

from __future__ import annotations

import os
from pathlib import Path

import click


def around() -> Path | None:
    """The case that this folder is, or is part of, as seen from here: `.` or `..`."""
    here = Path.cwd()
    for folder in (here, *here.parents[:2]):
        if (folder / "case.yml").is_file():
            return Path(os.path.relpath(folder))
    return None


def below() -> list[Path]:
    """The cases below `cases`, or else below this folder."""
    for pattern in ("cases/*/case.yml", "*/case.yml"):
        if found := sorted(Path().glob(pattern)):
            return [file.parent for file in found]
    return []


def cases_here() -> list[Path]:
    """Every case that is meant."""
    inside = around()
    return [inside] if inside else below()


def outside(case: Path, out: Path) -> Path:
    """Where sites or packs of a case go: to where they go from the folder around the cases.

    From inside a case `sites` would lie in the case itself.
    """
    here, real = Path.cwd(), case.resolve()
    if out.is_absolute() or len(out.parts) > 1 or not here.is_relative_to(real):
        return out
    ground = real.parent.parent if real.parent.name == "cases" else real.parent
    return Path(os.path.relpath(ground / out))


def or_here(
    ctx: click.Context, param: click.Parameter, cases: tuple[Path, ...]
) -> tuple[Path, ...]:
    """A callback: the cases that are named, or else those that are meant."""
    found = cases or tuple(cases_here())
    if not found:
        raise click.MissingParameter(ctx=ctx, param=param)
    return found


def or_this_one(ctx: click.Context, param: click.Parameter, case: Path | None) -> Path:
    """A callback: the case that is named, or else the only one that is meant."""
    return case or _only(ctx, param, cases_here())


def or_around(ctx: click.Context, param: click.Parameter, case: Path | None) -> Path:
    """A callback: the case that is named, or else the one somebody stands in."""
    inside = around()
    return case or _only(ctx, param, [inside] if inside else [])


def _only(ctx: click.Context, param: click.Parameter, found: list[Path]) -> Path:
    if len(found) > 1:
        names = ", ".join(map(str, found[:5]))
        raise click.UsageError(f"There are several cases here; name one of {names}.", ctx=ctx)
    if not found:
        raise click.MissingParameter(ctx=ctx, param=param)
    return found[0]
