"""Hosting, step by step: who goes, who is over, who comes; then what the server must know.

The order makes every interruption harmless: an address is written down before anything is built
at it, a passphrase counts as handed over only after it was shown, and whatever is missing keeps a
family out, never in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from vigsite.building.family_entries import Claims
from vigsite.building.host_request import Access, Order, Watch
from vigsite.building.open_case import look_into, open_to_write_down, records_of
from vigsite.building.request import Built
from vigsite.case.editions import Edition
from vigsite.case.load import find_case
from vigsite.commands.host_unnamed import over, take_away_elsewhere
from vigsite.erasure.end_access import (
    end_access,
    end_strays,
    end_what_came_back,
    refuse_added,
    refuse_swapped,
    refuse_unknown_address,
    with_older_passphrases,
)
from vigsite.erasure.server_access import agreed_until
from vigsite.erasure.take_away import close_less_covered
from vigsite.errors import InputError, VigsiteError
from vigsite.files.atomic import sweep_parts, write_whole
from vigsite.hosting.families import Hosted, Register, letter_left, read_register
from vigsite.hosting.folder import Tree
from vigsite.hosting.passwords import (
    flush,
    hashed,
    known_hash,
    mark_of,
    open_until,
    sweep_passwords,
)
from vigsite.hosting.settings import Settings
from vigsite.hosting.site_check import refuse_unfit
from vigsite.hosting.write_configuration import write_configuration
from vigsite.pages.letter import Sender, letter, letter_place
from vigsite.passphrase import new_passphrase
from vigsite.protection.allowed import allowance_of
from vigsite.records.case_folder import locked
from vigsite.records.record import HostedSite
from vigsite.records.record_file import id_in
from vigsite.terminal.quoting import in_shell

LONGEST = 366
"""Days of access at most, after which somebody has to say again that it is still wanted."""


def host(order: Order, watch: Watch) -> Register:
    """Brings the folder to what was asked for. Raises InputError before anything was changed.

    A family that cannot be hosted is told of through `watch.failed` and keeps nobody else waiting.
    """
    _refuse_days(order)
    tree = Tree(order.out.resolve())
    _refuse_letters_on_server(order, tree)
    before = read_register(tree.register)
    if before is None and tree.sites.is_dir() and any(tree.sites.iterdir()):
        raise InputError(
            f"{tree.sites} holds families, but {tree.register} is gone, which told whose they are. "
            "Bring it back from a copy; or delete that folder, copy the rest to the server, and "
            "host everybody anew."
        )
    settings = _settings(order, before)
    going = [_hosted_name(before, given, tree) for given in order.revoke]
    cases = _by_name(order.cases)
    if unnamed := set(order.same_family) - set(cases):
        raise InputError(f"--same-family {', '.join(sorted(unnamed))}: name that case as well.")
    if both := set(going) & set(cases):
        raise InputError(f"{', '.join(sorted(both))}: either hosted or revoked, not both at once.")
    with locked(tree.private, f"{tree.out}: another vigsite is at work there."):
        register = before or Register(tree.register, settings)
        register.settings = settings
        register.keep()
        refuse_swapped(register, tree, going)
        refuse_added(register, tree, {*going, *cases})
        end_strays(register, tree)
        for sentence in end_what_came_back(register, tree):
            watch.said(sentence)
        for name in filter(register.families.__contains__, going):
            _revoke(name, register, tree, watch)
        claims = Claims(register, tree, order.out, order.same_family)
        cases, unclaimed = claims.of(cases)
        for case, why_not in unclaimed:
            watch.failed(case, why_not)
        for name, case, why_older in with_older_passphrases(register, tree):
            if not (order.rotate and name in cases):
                cases.pop(name, None)
                watch.failed(case, why_older)
        waiting = set(take_away_elsewhere(register, tree, cases, order, watch))
        for name, why in over(register, order.today, cases, waiting, tree):
            end_access(name, register, tree)
            watch.said(f"{name}: {why}")
        sweep_passwords(tree, order.today)
        for folder in (*tree.written, order.letters or tree.out):
            sweep_parts(folder)
        for name, case in cases.items():
            _one(name, case, order, register, tree, watch)
        for sentence in write_configuration(tree, settings):
            watch.said(sentence)
    return register


def _refuse_letters_on_server(order: Order, tree: Tree) -> None:
    if order.letters and order.letters.resolve().is_relative_to(tree.server):
        raise InputError(
            f"--letters {order.letters} lies in the folder that is copied to the server, where "
            "passphrases must not be. Choose a folder beside it, such as letters."
        )


def _revoke(name: str, register: Register, tree: Tree, watch: Watch) -> None:
    one = register.families[name]
    address, sentence = register.settings.address(one.slug), letter_left(one.letter)
    end_access(name, register, tree)
    watch.said(f"{name}: nobody has access any more, once the server has it from here.")
    if sentence:
        watch.said(f"  {sentence}")
    watch.said(_proof(register.settings, address))


def _by_name(given: tuple[Path, ...]) -> dict[str, Path]:
    cases: dict[str, Path] = {}
    for case in map(find_case, given):
        name = case.resolve().name
        if cases.setdefault(name, case).resolve() != case.resolve():
            raise InputError(
                f"Two of these cases are named {name}: {cases[name]} and {case}. Give one of them "
                "another --out."
            )
    return cases


def _refuse_days(order: Order) -> None:
    if not order.cases:
        return
    if order.until is None:
        raise InputError("Say how long the families may look: --until 2027-03-31, for example.")
    days = (order.until - order.today).days
    if days < 0:
        raise InputError(f"--until {order.until} is over. Choose today or later.")
    if days > LONGEST:
        raise InputError(
            f"--until {order.until} is more than a year away. Choose an earlier day; run this "
            "again when it is near, and access goes on with the same passphrase."
        )


def _settings(order: Order, before: Register | None) -> Settings:
    if before is None:
        missing = [f"--{name}" for name in ("server", "domain") if name not in order.settings]
        if missing:
            raise InputError(
                f"{order.out} is new, so say {' and '.join(missing)}: for example "
                "--server nginx --domain films.example.org."
            )
        return Settings(**order.settings)  # type: ignore[arg-type]  # the command line checked the types
    settings = replace(before.settings, **order.settings)  # type: ignore[arg-type]
    for name in ("server", "domain"):
        then, now = getattr(before.settings, name), getattr(settings, name)
        if then != now and before.families:
            raise InputError(
                f"{order.out} is for --{name} {then}, and families have letters that say so. "
                "Choose another --out for the other."
            )
    return settings


def _hosted_name(register: Register | None, given: str, tree: Tree) -> str:
    """Return the name of a family in the register: by its case's id, else by the name alone.

    Raises InputError when none is hosted so, or when the folder of that name is another family's.
    """
    name, case_id = Path(given).resolve().name, id_in(Path(given).resolve())
    families = register.families if register else {}
    if register and case_id and (found := register.name_of(case_id)):
        return found
    if name in families:
        hosted = families[name]
        there = id_in(Path(hosted.case)) if hosted.case else ""
        if there not in ("", hosted.id) and register and register.name_of(there):
            beside = sorted(Path(hosted.case).parent.iterdir())
            moved = next((one for one in beside if id_in(one) == hosted.id), None)
            if moved is not None:
                raise InputError(
                    f"{name}: the folder of this name is another family's case now than the one "
                    f"that is hosted as {name} in {tree.out}, so nothing was changed. Name the "
                    f"folder of the case that is meant: --revoke {in_shell(moved)} or --revoke "
                    f"{in_shell(Path(hosted.case))}."
                )
    if name not in families:
        there = f"There is: {', '.join(sorted(families)[:8])}." if families else "Nobody is."
        raise InputError(f"{name} is not hosted in {tree.out}. {there}")
    return name


def _proof(settings: Settings, address: str) -> str:
    also = settings.server.traits.after_copies
    restart = f" and {also}" if also else ""
    return (
        f"  Copy the folder to the server{restart} (README.txt says how), then prove it:\n"
        f"  vigsite host-check {address} --gone"
    )


def _one(name: str, case: Path, order: Order, register: Register, tree: Tree, watch: Watch) -> None:
    """Hosts one family, or says why not."""
    one = register.families.get(name)
    if one is None:
        case_id = records_of(case).known().id
        one = Hosted(register.new_slug(), order.today, id=case_id)
        register.families[name] = one
        register.keep()
    site = tree.site(one.slug)
    if name not in order.same_family:  # nobody has said whose that address is
        try:
            refuse_unknown_address(name, one, records_of(case), tree)
        except VigsiteError as error:
            return watch.failed(case, error)
    try:
        assert order.until
        until, shorter = agreed_until(
            look_into(case).read.case, order.today, order.until, one.until
        )
        wish = replace(order.wish, editions=(Edition.KEEPSAKE,), hosting=site, on=until)
        built = watch.build(case, wish)
        refuse_unfit(site)
        built.notices += shorter
        access = _let_in(name, one, case, built, until, order, register, tree)
        if access.passphrase:
            watch.hand_over(access)
            one.handed = True
            register.keep()
        else:
            watch.hand_over(access)
    except VigsiteError as error:
        watch.failed(case, error)
        if closed := _closed(name, case, order, site):
            for sentence in closed:
                watch.said(sentence)
        elif not site.is_dir():
            end_access(name, register, tree)
            watch.said(f"{name}: nobody has access any more, since there is nothing to show.")
        elif one.until:
            watch.said(
                f"{name}: what was hosted before stays open until {one.until}. To end that now: "
                f"vigsite host --out {in_shell(order.out)} --revoke {name}"
            )


def _closed(name: str, case: Path, order: Order, site: Path) -> list[str]:
    """Close a site that could not be made anew and is less covered than the notes ask for."""
    try:
        with open_to_write_down(case) as opened:
            read, records = opened.read, opened.records
            allowance = allowance_of(read, records, order.today)
            return close_less_covered(name, read, records, opened.library, allowance, site)
    except VigsiteError:  # what could not be read was told as the failure
        return []


def _let_in(
    name: str,
    one: Hosted,
    case: Path,
    built: Built,
    until: dt.date,
    order: Order,
    register: Register,
    tree: Tree,
) -> Access:
    server = register.settings.server
    secret = "" if order.rotate or not one.handed else known_hash(tree, server, one.slug)
    passphrase = "" if secret else new_passphrase()
    place = letter_place(name, order.letters, register) if order.letters and passphrase else None
    page = ""
    if place:
        page = letter(_sender(case), register.settings.address(one.slug), passphrase, until)
    touched = Edition.KEEPSAKE not in built.unchanged or one.until != until or bool(passphrase)
    if passphrase:
        one.handed = False
        register.keep()
        secret = hashed(passphrase, server)
    letter_file = str(place) if place else one.letter
    records = records_of(case)
    with records.lock_only():
        mark = mark_of(secret)
        records.remember_hosted(HostedSite(str(tree.out), one.slug, until, letter_file, mark))
    open_until(tree, server, one.slug, secret, order.today, until)
    flush(tree)
    now = (until, letter_file, str(records.case_dir))
    if (one.until, one.letter, one.case) != now:
        one.until, one.letter, one.case = now
        register.keep()
    if place:
        write_whole(place, page, 0o600)
    sentences = (*built.notices, *built.sentences)
    address = register.settings.address(one.slug)
    return Access(name, address, until, passphrase, place, touched, sentences)


def _sender(case: Path) -> Sender:
    written = look_into(case).whole.written
    return Sender(written.language, written.practitioner.called, written.practitioner.contact)
