"""The report of an audit: for the terminal, for programs, and as one page for a person's file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vigsite.audit.finding import UNSEEN, Finding

_TEMPLATE = Path(__file__).parent / "report.html.j2"
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #222; background: #fff }
h1 { line-height: 1.2 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid #767676;
  overflow-wrap: anywhere }
.sum { padding: .75rem 1rem; border-left: .4rem solid #767676; background: #f4f4f4 }
.bad { border-color: #a4262c } .good { border-color: #2b6a30 }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #1b1b1b }
  .sum { background: #2a2a2a } }
"""
CHECKED = (
    "kinds of files, links, hidden files and copies left by programs",
    "what pages may do: their content policy, scripts, forms, addresses of other computers",
    "what films, pictures, fonts and papers carry beside what they show: places, dates, names, "
    "footage that was cut away",
    "paths, users' names and dates of the computer that made it",
)
WITH_CASE = (
    "words that must never be shown, private notes, ids, file names, people and moments left out, "
    "in every way of writing that a browser or zip could undo",
    "that every clip and still belongs to a moment that all who can be recognised agreed to",
)
_WITHOUT_CASE = (
    "No case was given (--case), so nobody looked for private notes, names that must never be "
    "shown, or moments that somebody did not agree to."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and what was found."""

    audited: str
    """The name of the folder or zip."""
    against: str
    """`the keepsake of rowan`; empty without a case."""
    files: int
    findings: Sequence[Finding]
    notes: Sequence[str] = ()

    @property
    def checked(self) -> list[str]:
        """What was looked for."""
        return [*CHECKED, *(WITH_CASE if self.against else ())]

    @property
    def unchecked(self) -> list[str]:
        """What nobody looked for, in sentences."""
        return [UNSEEN, *(() if self.against else (_WITHOUT_CASE,)), *self.notes]

    @property
    def verdict(self) -> str:
        """One sentence."""
        things = f"{len(self.findings)} finding" + ("" if len(self.findings) == 1 else "s")
        files = f"{self.files} file" + ("" if self.files == 1 else "s")
        as_what = f", as {self.against}" if self.against else ""
        found = f"{things}. Do not hand it on" if self.findings else "nothing found"
        return f"{self.audited}: looked at {files}{as_what}: {found}."

    def as_text(self) -> str:
        """For the terminal."""
        lines = [f"{finding}" for finding in self.findings]
        return "\n".join(
            [*lines, self.verdict, *(f"Not checked: {said}" for said in self.unchecked)]
        )

    def as_json(self) -> str:
        """For programs."""
        said = {
            "audited": self.audited,
            "against": self.against or None,
            "files": self.files,
            "findings": [asdict(finding) for finding in self.findings],
            "checked": self.checked,
            "not_checked": self.unchecked,
        }
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"

    def as_html(self) -> str:
        """One page that needs nothing else and can do nothing."""
        import jinja2

        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
        template = environment.from_string(_TEMPLATE.read_text("utf-8"))
        return template.render(report=self, style=_STYLE, policy=f"'sha256-{digest}'")

    def written(self, ending: str) -> str:
        """As a file of this ending: `.html`, `.json`, or text."""
        return {".html": self.as_html, ".json": self.as_json}.get(ending, self.as_text)()
