"""`vigsite host` killed before each of its renames, links and deletions, one after the other."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import bcrypt

from tests.helpers.families import as_another_family
from tests.hosting.conftest import Hosting, days_on, today
from vigsite.hosting.families import read_register
from vigsite.records.record import files_of

KILLED = """
import os, sys
left = int(sys.argv.pop(1))
def hook(event, _):
    global left
    if event in ("os.rename", "os.link", "os.remove"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
from vigsite.cli import main
sys.addaudithook(hook)
main()
"""


def test_whenever_it_is_killed_the_next_run_puts_it_right(
    hosted_cases: Path, tmp_path: Path
) -> None:
    """The passphrase that was shown last opens every day, and the other family is not touched."""
    shutil.copytree(hosted_cases, tmp_path / "cases", ignore=shutil.ignore_patterns("sites"))
    for name in ("ash", "elm"):
        as_another_family(tmp_path / "cases" / name)
    settings: dict[str, str | int] = {"server": "nginx", "domain": "films.example.org"}
    hosting = Hosting(tmp_path / "cases", tmp_path / "web", settings)
    hosting.run("ash", "elm", until=1)
    slug, kills = hosting.slug("ash"), 0
    elm = files_of(hosting.tree.site(hosting.slug("elm")))
    options = ["--rotate", "--until", str(days_on(2)), "--out", str(hosting.out), "--draft"]
    while True:
        command = [sys.executable, "-c", KILLED, str(kills + 1), "host"]
        done = subprocess.run(
            [*command, str(hosting.cases / "ash"), *options],
            capture_output=True,
            text=True,
            check=False,
        )
        if shown := re.search(r"passphrase: (\S+)", done.stdout):
            hosting.words["ash"] = shown[1]
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        kills += 1
        assert read_register(hosting.tree.register), "whole at every instant"
        hosting.run("ash", until=2)
        assert hosting.failures == []
        secrets = {hosting.tree.password(days_on(n), slug).read_text().strip() for n in range(3)}
        assert len(secrets) == 1, f"killed before step {kills}"
        secret = secrets.pop().partition(":")[2].encode()
        assert bcrypt.checkpw(hosting.words["ash"].encode(), secret), f"before step {kills}"
        left = [path.name for path in hosting.out.rglob("*.part")]
        assert left == [], f"killed before step {kills}"
    assert kills >= 8
    assert files_of(hosting.tree.site(hosting.slug("elm"))) == elm
    assert hosting.tree.password(today(), hosting.slug("elm")).is_file()
