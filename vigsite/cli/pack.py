"""`vigsite pack`: what the family takes home."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigsite.cli.echo import echo
from vigsite.cli.here import or_around, outside
from vigsite.cli.options import how_to_encode

if TYPE_CHECKING:
    from vigsite.building.pack_request import Packed
    from vigsite.case.case_file import Form


@click.command()
@click.argument("case", required=False, type=click.Path(path_type=Path), callback=or_around)
@click.option(
    "--folder",
    "stick",
    type=click.Path(path_type=Path),
    metavar="DEST",
    help="Copy the pack to a USB stick or another place, and read it again to compare.",
)
@click.option("--zip", "zipped", is_flag=True, help="One zip file, open to whoever has it.")
@click.option(
    "--encrypt",
    is_flag=True,
    help="One zip file locked with six words, which are shown once: to send it.",
)
@click.option(
    "--single-file", is_flag=True, help="One page with pictures and clips inside, for a phone."
)
@click.option("--for", "whom", metavar="WHOM", help="Whom it is for, as the register notes it.")
@click.option(
    "--out",
    default="packs",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where packs go, as OUT/CASE.",
)
@click.option(
    "--sites",
    default="sites",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the keepsake is built that the pack is made from.",
)
@how_to_encode
def pack(
    case: Path,
    stick: Path | None,
    zipped: bool,
    encrypt: bool,
    single_file: bool,
    whom: str | None,
    out: Path,
    sites: Path,
    quality: str | None,
    hardware: bool,
    jobs: int,
    verbose: bool,
) -> None:
    """Pack what the family takes home.

    Film, album, pages, and files for the phone. Builds the keepsake, then makes a folder of it; or
    one of the other forms. Each pack is one
    line in the case's handovers.yml: what was handed over can be known, not called back. CASE may
    be left out in the case's own folder.
    """
    from vigsite.building.pack_request import PackWish
    from vigsite.building.request import Watcher, Wish
    from vigsite.cli.build import complain
    from vigsite.cli.screen import screen
    from vigsite.commands.pack import pack_case
    from vigsite.errors import InputError, VigsiteError

    forms: dict[Form, bool] = {
        "stick": stick is not None,
        "zip": zipped,
        "encrypted zip": encrypt,
        "single file": single_file,
    }
    chosen = [form for form, asked in forms.items() if asked]
    if len(chosen) > 1:
        raise InputError("Choose one of --folder, --zip, --encrypt and --single-file at a time.")
    terminal = _terminal() if encrypt else None
    wish = PackWish(
        chosen[0] if chosen else "folder",
        Wish(out=outside(case, sites), quality=quality or "usual", hardware=hardware, jobs=jobs),
        outside(case, out),
        stick,
        " ".join(whom.split()) if whom else None,
    )
    with screen() as shown:
        shown.title = case.resolve().name
        watcher = Watcher(
            shown.say, shown.planned, shown.told, shown.say if verbose else None, shown.step
        )
        try:
            packed = pack_case(case, wish, watcher)
        except VigsiteError as error:
            complain(error, case, shown, verbose)
            raise click.exceptions.Exit(error.exit_status) from error
    _report(packed, wish.form)
    if quality == "draft":
        echo(f"{packed.slug}: in draft quality, to look at; pack without --draft to give it.")
    if terminal is not None:
        _show_passphrase(packed, terminal)


def _terminal() -> bool:
    """Whether the passphrase goes to standard output (else to standard error).

    Raises InputError when both lead into files or other programs, where it would stay.
    """
    from vigsite.errors import InputError

    if sys.stdout.isatty():
        return True
    if sys.stderr.isatty():
        return False
    raise InputError(
        "--encrypt shows the passphrase on the terminal alone, and there is none: the output goes "
        "to a file or another program. Run it in a terminal window."
    )


def _report(packed: Packed, form: Form) -> None:
    built = packed.built
    for notice in built.notices if built else ():
        echo(f"Note: {notice}", err=True)
    for sentence in [*(built.sentences if built else ()), *packed.sentences]:
        echo(f"{packed.slug}: {sentence}")
    state = "is there, unchanged" if packed.unchanged else "made and read again"
    if form != "stick" and not packed.unchanged:
        state = "made"
    echo(f"{packed.slug}: pack ({form}) {state}: {_short(packed.target)}")
    echo(f"  {', '.join(packed.contents)}" if packed.contents else "", nl=bool(packed.contents))
    echo(
        f"  {packed.size / 1e6:.1f} MB, SHA-256 {packed.sha256}; one line in handovers.yml.\n"
        "  What you hand over cannot be called back. Say so, and give it hand to hand"
        + ("." if form == "encrypted zip" else ", or send it with --encrypt.")
    )


def _short(place: Path) -> Path:
    with contextlib.suppress(ValueError):
        return place.relative_to(Path.cwd())
    return place


def _show_passphrase(packed: Packed, to_output: bool) -> None:
    """Once, on the terminal, and nowhere else."""
    text = (
        f"\nThe passphrase, shown this once and kept nowhere:\n\n    {packed.passphrase}\n\n"
        "Write it down on paper now. Send it another way than the file: tell it on the telephone, "
        "or hand\nit over. Never in the same message. The page beside the file tells the family "
        "how to open it;\nWindows needs the free program 7-Zip for it. If the words are lost, pack "
        "again.\n"
        "Then close this window, so that nobody reads them here."
    )
    echo(text, err=not to_output)
