"""Ends access to hosted sites, also what an older copy of a server's folder brought back.

The register knows what was ended, and so does each case, as far as it lies where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

from vigsite.case.editions import Purpose
from vigsite.errors import VigsiteError
from vigsite.files.atomic import SHOWS_NOBODY, delete
from vigsite.hosting.families import Hosted, Register, read_register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import known_hash, mark_of, open_slugs, shut_out
from vigsite.records.case_folder import Records
from vigsite.records.record import HostedSite, Site
from vigsite.records.record_file import id_in
from vigsite.records.site_marker import id_in_marker
from vigsite.terminal.quoting import in_shell


def end_access(name: str, register: Register, tree: Tree) -> None:
    """Tell the case, then delete what lets in, then what is to be seen, then the name."""
    one = register.families[name]
    slug = one.slug
    if (hosted := _as_its_case_knows(one)) and not hosted.ended:
        records = Records(Path(one.case))
        with records.lock_only():
            records.remember_hosted(replace(hosted, ended=True))
    shut_out(tree, slug)
    delete(tree.family(slug))
    del register.families[name]
    register.ended.append(slug)
    register.keep()


def refuse_swapped(register: Register, tree: Tree, but: Collection[str] = ()) -> None:
    """Raise VigsiteError when the folder of a family holds another family's site.

    Left out are the families in `but`, whose access is ended.
    """
    for name, one in register.families.items():
        found = id_in_marker(tree.family(one.slug))
        if name not in but and one.id and found and found != one.id:
            raise VigsiteError(
                f"{tree.family(one.slug)} belongs to {name} in {register.path}, but holds the site "
                "of another family, so nothing was changed. Do not copy it to the server. Bring "
                f"{tree.out} back as it was; or end the access of both families (vigsite host "
                f"--out {in_shell(tree.out)} --revoke CASE), then host them anew."
            )


def refuse_unknown_address(
    name: str, one: Hosted, records: Records, tree: Tree, *, just_here: bool = False
) -> None:
    """Raise VigsiteError when a case does not know the address that the register gives it.

    What lets in at that address may be another family's. With `just_here` the case has to know
    that its site lies in this folder and in no other.
    """
    record = records.known()
    places = [
        around
        for site in (*record.sites, *record.taken_away)
        if Purpose.HOSTING in site.also and (around := Tree.around(records.target(site)))
    ]
    slugs = {hosted.slug for hosted in record.hosted} | {slug for _, slug in places}
    if one.slug not in slugs and (one.slug in open_slugs(tree) or tree.family(one.slug).exists()):
        raise VigsiteError(
            f"{name}: {tree.register} gives it an address that {records.case_dir} does not "
            "know, and what lets in there may be another family's, so nothing was changed. Bring "
            f"{tree.out} or record/ of the case back as they were; or end that access (vigsite "
            f"host --out {in_shell(tree.out)} --revoke {in_shell(name)}), then host the family "
            "anew."
        )
    elsewhere = [around.out for around, slug in places if slug == one.slug]
    if just_here and elsewhere and tree.out not in elsewhere:
        raise VigsiteError(
            f"{name}: {records.case_dir} knows its site in {elsewhere[-1]}, so {tree.out} was "
            "renamed, moved or copied, and what is taken away from the case stays here. Put it "
            f"back there, or host the family again from here: vigsite host --out "
            f"{in_shell(tree.out)} {in_shell(records.case_dir)} --until {one.until}"
        )


def refuse_added(register: Register, tree: Tree, but: Collection[str] = ()) -> None:
    """Raise VigsiteError when a family's site holds what was not built there: another's film.

    Left out are the families in `but`, whose sites are built anew, and those whose cases are not
    where they lay.
    """
    for name, one in register.families.items():
        if name in but or _as_its_case_knows(one) is None:
            continue
        site, records = tree.site(one.slug), Records(Path(one.case))
        built = [known for known in records.sites() if records.target(known) == site]
        for path in sorted(site.rglob("*")) if built else ():
            uri = path.relative_to(site).as_posix()
            if path.name in SHOWS_NOBODY or (path.is_dir() and not path.is_symlink()):
                continue
            if not _was_built(path, uri, built):
                raise VigsiteError(
                    f"{path} is not what was built there for {name}, so nothing was changed. Do "
                    "not copy it to the server. Take it away if somebody put it there, then host "
                    f"the family anew: vigsite host --out {in_shell(tree.out)} "
                    f"{in_shell(Path(one.case))} --until {one.until}"
                )


def _was_built(path: Path, uri: str, built: list[Site]) -> bool:
    """Return whether a file is of a site, as far as its name and its size tell."""
    size = path.lstat().st_size
    return not path.is_symlink() and any(
        uri in site.files and site.sizes.get(uri, size) == size for site in built
    )


def end_strays(register: Register, tree: Tree) -> None:
    """Take away again what an older copy of the server's folder brought back.

    Raises VigsiteError when a site is nobody's in the register: an older one perhaps.
    """
    refuse_strays(register, tree)
    for slug in _strays(register, tree):
        shut_out(tree, slug)
        delete(tree.family(slug))


def refuse_strays(register: Register, tree: Tree) -> None:
    """Raise VigsiteError when a site or a password is nobody's in the register, nor ever was."""
    for slug in _strays(register, tree):
        if slug not in register.ended:
            raise VigsiteError(
                f"{tree.family(slug)} or a password for it is there, but {register.path} does not "
                "know it, as after an older copy was brought back, so nothing was changed. Bring "
                "the newer one back; or delete that folder and every "
                f"{tree.passwords}/…/{slug}, and copy the rest to the server."
            )


def _strays(register: Register, tree: Tree) -> list[str]:
    known = {one.slug for one in register.families.values()}
    return sorted({*tree.slugs(), *open_slugs(tree)} - known)


def mixed_up(records: Records) -> list[str]:
    """Return what is wrong with a folder for a server that this case is hosted in, as `host` would.

    Families that were mixed or what somebody copied there concern all of them: the folder is copied
    to the server whole. Reads only.
    """
    found = []
    for out in dict.fromkeys(Path(one.out) for one in records.known().hosted if not one.ended):
        tree = Tree(out)
        try:
            register = read_register(tree.register)
        except VigsiteError:  # `lost_servers` says so
            continue
        if register is None:
            continue
        for refuse in (refuse_swapped, refuse_added, refuse_strays, _refuse_older(records)):
            try:
                refuse(register, tree)
            except VigsiteError as error:
                found.append(str(error))
    return list(dict.fromkeys(found))


def _refuse_older(records: Records) -> Callable[[Register, Tree], None]:
    """Return what raises VigsiteError when another passphrase lets in than this case knows."""

    def refuse(register: Register, tree: Tree) -> None:
        for _, case, why in with_older_passphrases(register, tree):
            if case.resolve() == records.case_dir:
                raise why

    return refuse


def end_what_came_back(register: Register, tree: Tree) -> Iterator[str]:
    """End again what was ended before an older copy of the folder; yield a sentence for each."""
    for name, one in list(register.families.items()):
        if (hosted := _as_its_case_knows(one)) and hosted.ended:
            end_access(name, register, tree)
            yield (
                f"{name}: access was ended before, and an older copy of this folder had brought it "
                "back; it is ended again."
            )


def with_older_passphrases(
    register: Register, tree: Tree
) -> Iterator[tuple[str, Path, VigsiteError]]:
    """Yield each family that another passphrase lets in than its case knows, and what to do."""
    for name, one in register.families.items():
        hosted = _as_its_case_knows(one)
        secret = known_hash(tree, register.settings.server, one.slug)
        if not one.handed or not hosted:  # it gets a new one anyway
            continue
        if secret and hosted.secret and mark_of(secret) != hosted.secret:
            yield (
                name,
                Path(one.case),
                VigsiteError(
                    f"{name}: {tree.out} lets in with another passphrase than its case knows, so "
                    "one of them is an older copy, and an older letter may open the site again. "
                    f"Bring the newer one back; or give the family a new passphrase: vigsite host "
                    f"--out {in_shell(tree.out)} {in_shell(Path(one.case))} --rotate "
                    f"--until {one.until}"
                ),
            )


def _as_its_case_knows(one: Hosted) -> HostedSite | None:
    """Return what the record of a hosted case says of it; None when the case is not there."""
    case = Path(one.case)
    if not one.case or not one.id or id_in(case) != one.id:
        return None
    return next((h for h in Records(case).known().hosted if h.slug == one.slug), None)
