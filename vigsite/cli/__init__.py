"""The command line: parse, call, print. The only place that prints and exits.

Command modules import what they need inside their functions, so that `--help` answers at once.
"""

from __future__ import annotations

import difflib
import io
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import click

from vigsite import __version__
from vigsite.cli.add import add
from vigsite.cli.audit import audit
from vigsite.cli.build import build
from vigsite.cli.cache import cache
from vigsite.cli.check import check
from vigsite.cli.consent import consent
from vigsite.cli.contact_sheet import contact_sheet
from vigsite.cli.doctor import doctor
from vigsite.cli.due import due
from vigsite.cli.echo import echo
from vigsite.cli.host import host
from vigsite.cli.host_check import host_check
from vigsite.cli.new import new
from vigsite.cli.pack import pack
from vigsite.cli.present import present
from vigsite.cli.preview import preview
from vigsite.cli.purge import purge
from vigsite.cli.record import record
from vigsite.cli.schema import schema
from vigsite.cli.started import as_started, started
from vigsite.cli.verify import verify
from vigsite.cli.withdraw import withdraw


class _Commands(click.Group):
    """Says what was meant when a command is mistyped, and lists commands in the order of work."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click names it
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.commands, n=1)
            guess = f"Did you mean `vigsite {near[0]}`?" if near else "See `vigsite --help`."
            ctx.fail(f"{args[0]!r} is no vigsite command. {guess}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: vigsite build cases/rowan",
)
@click.version_option(__version__, message="vigsite %(version)s")
def vigsite() -> None:
    """Turn a family's films and notes into the site of their shared review and their keepsake."""


for _command in (
    *(new, add, contact_sheet, check, build, preview, present, pack, audit, verify),
    *(host, host_check, consent, withdraw, due, purge, record, cache, doctor, schema),
):
    vigsite.add_command(_command)


def _as_ctrl_c(_number: int, _frame: object) -> None:
    """Being told to end is the same as Ctrl-C: clean up, then go."""
    raise KeyboardInterrupt


def main() -> NoReturn:
    """Runs vigsite; every error ends as a sentence and an exit status, never as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a name in any script prints, whatever the terminal's locale
            reconfigure(encoding="utf-8", errors="replace")
    from vigsite.errors import VigsiteError

    signal.signal(signal.SIGTERM, _as_ctrl_c)
    for one in (vigsite, *vigsite.commands.values()):  # what --help prints goes past `echo`
        one.help, one.epilog = as_started(one.help or ""), as_started(one.epilog or "")
    try:
        status = vigsite.main(prog_name=started(), standalone_mode=False) or 0
    except click.ClickException as wrong:
        said = io.StringIO()
        wrong.show(said)
        echo(said.getvalue(), err=True, nl=False)
        status = 2
    except (KeyboardInterrupt, click.Abort):
        echo("\nStopped; what was built before is untouched.", err=True)
        status = 130
    except VigsiteError as error:
        echo(str(error), err=True)
        status = error.exit_status
    except (MemoryError, SystemError):  # libraries in C lose the first and raise the second
        echo(
            "The memory of this machine is used up; what was built before is untouched. Close "
            "other programs, such as a browser, and run it again.",
            err=True,
        )
        status = 1
    except BrokenPipeError:
        status = 1
    except OSError as error:
        from vigsite.files.atomic import could_not

        place = Path(os.fsdecode(error.filename)) if error.filename else Path()
        echo(str(could_not("use", place, error)), err=True)
        status = 1
    sys.exit(status)
