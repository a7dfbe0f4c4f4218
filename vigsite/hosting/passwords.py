"""What opens a family's site: the hash of its passphrase, in files of the server's own kind.

nginx has a folder for each day of access, named for it: on the day after the last there is none,
and the server refuses. Caddy has one line, with the second from which on it refuses. Either way
access ends by itself, and at once when the files are deleted.

Costs: nginx hashes again at each request, and inside its event loop, so that a high cost lets a
few wrong passwords silence every family; Caddy remembers the right ones, but works as hard on each
wrong one. Six random words carry 63 bits and need no help from a slow hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

from vigsite.files.atomic import (
    delete,
    private_folder,
    same_file_at,
    sweep_parts,
    sync_folder,
    write_whole,
)
from vigsite.hosting.folder import Tree
from vigsite.hosting.settings import USER, Server

_COST = 5
"""Rounds as a power of two."""
_LINE = re.compile(r"^import family (\S+) (\S+) (\d+)$", re.M)
READABLE = 0o640
"""Whoever serves reads them by group; nobody else."""


def hashed(passphrase: str, server: Server) -> str:
    """bcrypt, as the server knows it."""
    import bcrypt

    found = bcrypt.hashpw(passphrase.encode(), bcrypt.gensalt(_COST))
    return server.traits.hash_begins + found.decode().removeprefix("$2b$")


def known_hash(tree: Tree, server: Server, slug: str) -> str:
    """The hash that holds now, for an access that is only made longer; empty if none does."""
    if server.traits.opens_by_line:
        found = _LINE.search(_read(tree.line(slug)))
        return found[2] if found else ""
    for day, _ in reversed(list(tree.days())):
        if text := _read(tree.password(day, slug)):
            return text.strip().partition(":")[2]
    return ""


def mark_of(secret: str) -> str:
    """Return a mark of a passphrase's hash, by which an older one is known."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


def last_open(tree: Tree, slug: str) -> dt.date | None:
    """The last day on which a family is let in, by what the server reads; None if on none."""
    if line := _LINE.search(_read(tree.line(slug))):
        return dt.datetime.fromtimestamp(int(line[3]) - 1, dt.UTC).date()
    for day, _ in reversed(list(tree.days())):
        if tree.password(day, slug).is_file():
            return day
    return None


def open_slugs(tree: Tree) -> set[str]:
    """Return the random names of all families that are let in on any day."""
    lines = tree.line("x").parent
    caddy = {file.stem for file in lines.glob("*.caddy")} if lines.is_dir() else set()
    nginx = {file.name for _, folder in tree.days() for file in folder.iterdir()}
    return {slug for slug in caddy | nginx if not slug.startswith(".")}


def open_until(
    tree: Tree, server: Server, slug: str, secret: str, today: dt.date, until: dt.date
) -> None:
    """Lets a family in from today to the last day, and on no other.

    Raises VigsiteError when something cannot be written; the same call again puts it right.
    `flush` must follow.
    """
    if server.traits.opens_by_line:
        line = f"import family {slug} {secret} {closing_second(until)}\n"
        if _read(tree.line(slug)) != line:
            write_whole(tree.line(slug), line, READABLE)
        return
    text = f"{USER}:{secret}\n"
    days = [today + dt.timedelta(days=n) for n in range((until - today).days + 1)]
    due = [day for day in days if _read(tree.password(day, slug)) != text]
    source = private_folder(tree.private) / f"password-{slug}"
    if due:
        write_whole(source, text, READABLE)
        for day in due:
            place = tree.password(day, slug)
            private_folder(place.parent)
            same_file_at(source, place)
        delete(source)
    for day, folder in tree.days():
        if not today <= day <= until:
            delete(folder / slug)


def shut_out(tree: Tree, slug: str) -> None:
    """Lets a family in no more. Raises VigsiteError when anything that opens its site stays."""
    for _, folder in tree.days():
        delete(folder / slug)
    delete(tree.line(slug))
    delete(tree.private / f"password-{slug}")


def flush(tree: Tree) -> None:
    """Brings to disk what `open_until` put into the folders of days, for all families at once."""
    for _, folder in tree.days():
        sync_folder(folder)


def sweep_passwords(tree: Tree, today: dt.date) -> None:
    """Deletes folders of days that are over, and what a killed run left in the others."""
    for day, folder in tree.days():
        if day < today:
            delete(folder)
        else:
            sweep_parts(folder)
    for half in tree.private.glob("password-*"):
        delete(half)


def closing_second(until: dt.date) -> int:
    """The first second, since 1970, that is no more within the last day; days are of UTC."""
    after = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(), dt.UTC)
    return int(after.timestamp())


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
