"""The album: what a family can print, hold and write in."""

from __future__ import annotations

from pathlib import Path

from vigsite.errors import TypesettingError
from vigsite.files.atomic import write_whole
from vigsite.keepsake.album.manuscript import Manuscript
from vigsite.keepsake.album.paper import PaperName, paper_for
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.typeset import Sheet, typeset_pdf


def make_album(kept: Kept, paper: PaperName, out: Path, work: Path) -> None:
    """Writes the keepsake's album as a PDF to `out`, made in a private folder below `work`.

    The same keepsake gives the same bytes. Raises TypesettingError or VigsiteError; then nothing
    was written.
    """
    pictures = [picture for _, moment in kept.shown.moments for picture in moment.pictures[:1]]
    manuscript = Manuscript(kept.shown, paper_for(paper, pictures))
    given = manuscript.given()
    files = {name: kept.site / uri for name, uri in manuscript.pictures.items()}
    if gone := sorted(name for name, file in files.items() if not file.is_file()):
        raise TypesettingError(
            f"The keepsake's site lacks {gone[0]}, which belongs into the album. Build it again."
        )
    write_whole(out, typeset_pdf(Sheet("album", manuscript.speech, given, files), work))
