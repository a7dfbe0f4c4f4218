"""The audit of a folder or a zip: all findings, sorted, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from vigsite.audit.finding import Finding, Rules
from vigsite.audit.formats.folder import files_in, opened
from vigsite.audit.formats.links import links_of
from vigsite.audit.formats.zip import Archive
from vigsite.audit.one_file import Look
from vigsite.audit.search.search import Secrets
from vigsite.audit.shipped_files import shipped

_BUILD = "Build again; if this comes back, report it."


def audit_folder(place: Path, secrets: Secrets, rules: Rules) -> list[Finding]:
    """Everything below `place` that must not be there."""
    look = Look(secrets, rules, shipped())
    files, found = files_in(place)
    for finding in list(found):
        found += look.name(finding.file)
    for address, path in files.items():
        found += look.name(address)
        with opened(path) as raw:
            found += look.file(address, raw)
    found += _together(look, set(files))
    return sorted(set(found))


def audit_page(file: Path, name: str, secrets: Secrets, rules: Rules) -> list[Finding]:
    """Everything in a page that stands alone, and in its name, that must not be there.

    `name` is what it is called once it is handed over.
    """
    look = Look(secrets, rules, shipped())
    found = list(look.name(name))
    if file.is_symlink() or not file.is_file():
        return [*found, Finding(name, "", "is no plain file", _BUILD)]
    with opened(file) as raw:
        found += look.file(name, raw)
    found += _together(look, {name})
    return sorted(set(found))


def audit_zip(
    file: Path, secrets: Secrets, rules: Rules, passphrase: str | None = None
) -> list[Finding]:
    """Everything in a zip that must not be there.

    Raises InputError when it cannot be opened or asks for a (or another) passphrase.
    """
    archive = Archive(file.name, file, passphrase)
    try:
        look = Look(secrets, rules, shipped())
        found = [*archive.findings()]
        for name, place, said in archive.said():
            found += look.search.words(name, place, said)
        for name in archive.folders():
            found += look.name(name)
        there = set()
        for name, raw in archive.members():
            there.add(name)
            found += look.name(name)
            if raw is None:
                found.append(Finding(name, "", "cannot be read", "Pack it anew."))
            else:
                found += look.file(name, raw)
        found += _together(look, there)
    finally:
        archive.close()
    return sorted(set(found))


def _together(look: Look, there: set[str]) -> Iterator[Finding]:
    """What shows only when all files are known: links, pages nobody reaches, media."""
    paths = {PurePosixPath(address) for address in there}
    links = links_of(look.pages.items())
    for reference, what in links.faults(paths):
        yield Finding(str(reference.file), f"line {reference.line}", what, _BUILD)
    if look.rules.start is not None:
        start = PurePosixPath(look.rules.start)
        reached = links.reached(start)
        if start not in paths:
            yield Finding(str(start), "", "is missing, so nothing can be opened", _BUILD)
        for path in sorted(paths - reached):
            licence = path.name.startswith("LICENSE") and path.suffix == ".txt"
            if path.is_relative_to(start.parent) and not licence:
                yield Finding(str(path), "", "is there, but no page leads to it", "Delete it.")
    yield from _media(look)


def _media(look: Look) -> Iterator[Finding]:
    """Clips and stills that belong to no admitted moment, or are missing."""
    media, hashes = look.rules.media, look.rules.hashes
    folder = PurePosixPath(look.rules.start or "x").parent
    for address, digest in look.hashes.items():
        if media is not None and PurePosixPath(address).is_relative_to(folder):
            if address not in media:
                yield Finding(address, "", "belongs to no admitted moment", "Delete it.")
            elif media[address] != digest:
                yield Finding(address, "", "is not the file that was made for its moment", _BUILD)
        elif digest not in (_beside(address, look) if hashes is None else hashes):
            yield Finding(address, "", "belongs to no admitted moment", "Delete it.")
    for address in sorted(set(media or ()) - set(look.hashes)):
        yield Finding(address, "", "is missing", _BUILD)


def _beside(address: str, look: Look) -> Collection[str]:
    """Hashes that a file beside the pages may have: of pictures, those of the pages' own."""
    known = look.rules.media
    return (
        known.values() if known is not None and address.endswith(".jpg") else [look.hashes[address]]
    )
