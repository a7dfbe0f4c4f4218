"""What the family takes home, unpacked on their own machine: Chromium and Firefox, no network."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import seen
from tests.browser.firefox import Firefox
from tests.conftest import need
from tests.helpers.confirmations import confirm_all
from tests.helpers.families import as_another_family
from vigsite.audit.formats.links import read_links
from vigsite.keepsake.pack.manifest import hashes_of


def packed(folder: Path, case: str, *form: str) -> None:
    command = [sys.executable, "-m", "vigsite", "pack", case, "--draft", *form]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def home(demo_sites: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo family's case with its packs."""
    home = tmp_path_factory.mktemp("keepsake")
    shutil.copytree(demo_sites.parent.parent / "rowan", home / "rowan")
    as_another_family(home / "rowan")
    confirm_all(home / "rowan")
    packed(home, "rowan", "--zip")
    packed(home, "rowan", "--single-file")
    return home


@pytest.fixture(scope="module")
def unpacked(home: Path) -> Path:
    """The zip, unpacked by Python into a folder with spaces and accents."""
    folder = home / "Téléchargements – für Zoë" / "To keep"
    with zipfile.ZipFile(home / "packs/rowan/To keep.zip") as opened:
        opened.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def arabic(home: Path) -> Path:
    """The pack of a family that reads from right to left."""
    shutil.copytree(home / "rowan", home / "ar")
    as_another_family(home / "ar")
    (home / "ar" / "handovers.yml").unlink()
    notes = home / "ar" / "case.yml"
    moments = ["1-breakfast/looks-up", "1-breakfast/letter-aside", "1-breakfast/a-spoonful"]
    moments += ["2-bath-time/your-turn", "2-bath-time/big-splash", "3-story/the-cow"]
    moments += ["3-story/a-shared-look", "4-top-up/gone-and-here"]
    no_film = f"language: ar\nfilm: {{leave_out: [{', '.join(moments)}]}}"  # it takes the longest
    notes.write_text(notes.read_text("utf-8").replace("language: en", no_film), "utf-8")
    confirm_all(home / "ar")
    packed(home, "ar")
    return next(path for path in (home / "packs" / "ar").iterdir() if path.is_dir())


def start_of(pack: Path) -> Path:
    return next(pack.glob("*.html"))


@pytest.mark.parametrize("way", ["unzip", "7z"])
def test_other_programs_unpack_the_same(home: Path, unpacked: Path, way: str) -> None:
    need(way, shutil.which(way) is not None)
    folder = home / f"with {way} é"
    archive = str(home / "packs/rowan/To keep.zip")
    command = (
        ["unzip", "-q", archive, "-d", str(folder)]
        if way == "unzip"
        else ["7z", "x", f"-o{folder}", archive]
    )
    subprocess.run(command, check=True, capture_output=True)
    assert hashes_of(folder) == hashes_of(unpacked)


def test_every_link_leads_somewhere(unpacked: Path) -> None:
    links = read_links(unpacked)
    there = {PurePosixPath(file.relative_to(unpacked).as_posix()) for file in unpacked.rglob("*")}
    assert links.faults(there) == []
    assert len(links.references) > 300


@pytest.mark.parametrize("scripts", [True, False])
def test_start_here_leads_to_everything(chromium: Browser, unpacked: Path, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts, offline=True)
    look = seen(context, unpacked)
    start = start_of(unpacked).name
    page = look.open(start)
    names = page.locator(".vig-files strong").all_inner_texts()
    there = {path.name for path in unpacked.iterdir()} - {start, "MANIFEST.sha256", "site"}
    assert set(names) == there | {"Pages"}
    page.get_by_role("link", name="Pages").click()
    assert page.title() == "Rowan and Mum"
    page.locator(".vig-menu summary").click()
    page.get_by_role("link", name="Bath time").first.click()
    assert page.title().startswith("Bath time")
    files = sorted(path.name for path in (unpacked / "For your phone").iterdir())
    assert look.open(start).locator(".vig-files p a").all_inner_texts() == files
    page.get_by_role("link", name="01 Clip.mp4").click()
    page.wait_for_url("**/01%20Clip.mp4")
    context.close()


def test_start_here_reads_alone(chromium: Browser, unpacked: Path, tmp_path: Path) -> None:
    """As a phone shows it: without its neighbours, without scripts, without network."""
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(start_of(unpacked), alone / "START HERE.html")
    context = chromium.new_context(
        java_script_enabled=False, offline=True, viewport={"width": 390, "height": 844}
    )
    look = seen(context, alone)
    page = look.open("START HERE.html")
    text = page.locator("main").inner_text()
    for said in ("Rowan and Mum", "Can I have that one on the wall?", "On a phone", "On a tablet",
                 "On a laptop or computer", "On a TV", "Nobody can call it back", "jo@example.org"):  # fmt: skip
        assert said in text, said
    assert page.locator("img").count() == 1
    assert page.locator("img").evaluate("image => image.naturalWidth > 300")
    assert look.quiet()
    assert {url.split(",")[0] for url in look.requests if url.startswith("data:")} <= {
        "data:image/jpeg;base64", "data:font/woff2;base64",
    }  # fmt: skip
    context.close()


def test_every_page_opens_offline_and_quietly(chromium: Browser, unpacked: Path) -> None:
    context = chromium.new_context(offline=True)
    look = seen(context, unpacked)
    pages = sorted(path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.html"))
    assert len(pages) > 9
    for name in pages:
        assert look.open(name).locator("h1").first.is_visible()
    assert look.quiet()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("what", ["start", "arabic", "one page"])
def test_axe_finds_nothing(
    chromium: Browser, unpacked: Path, arabic: Path, home: Path, what: str, width: int, scheme: str
) -> None:
    page_of = {
        "start": start_of(unpacked),
        "arabic": start_of(arabic),
        "one page": home / "packs/rowan/To keep.html",
    }
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page = context.new_page()
    page.goto(page_of[what].as_uri())
    page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_right_to_left_starts_at_the_right(laptop: BrowserContext, arabic: Path) -> None:
    page = laptop.new_page()
    page.goto(start_of(arabic).as_uri())
    assert page.evaluate("document.documentElement.dir") == "rtl"
    heading = page.locator("h2").first
    assert heading.evaluate("h => getComputedStyle(h).textAlign") == "right"
    first, second = (page.locator(".vig-files li").nth(n).bounding_box() for n in (0, 1))
    assert first
    assert second
    assert first["x"] > second["x"]
    name = page.locator(".vig-files strong").first.inner_text()
    assert (arabic / name).exists()


def test_one_page_plays_alone_and_without_scripts(
    chromium: Browser, home: Path, tmp_path: Path
) -> None:
    shutil.copyfile(home / "packs/rowan/To keep.html", tmp_path / "page.html")
    for scripts in (False, True):
        context = chromium.new_context(java_script_enabled=scripts, offline=True)
        look = seen(context, tmp_path)
        page = look.open("page.html")
        clips = page.locator("video")
        assert clips.count() == 6
        assert all(clip.get_attribute("preload") == "none" for clip in clips.all())
        assert all(clip.get_attribute("controls") is not None for clip in clips.all())
        assert page.get_by_text("I never knew I did that.").is_visible()
        if scripts:
            ended = clips.first.evaluate(
                """async v => { v.muted = true; v.playbackRate = 8;
                   await new Promise((done, fail) => { v.onended = done;
                     v.onerror = () => fail(v.error.message); v.play().catch(fail);
                     setTimeout(() => fail('took too long'), 20000); });
                   return v.duration; }"""
            )
            assert ended > 3
        assert look.quiet()
        context.close()


def test_firefox_opens_all_of_it(fox: Firefox, unpacked: Path, home: Path) -> None:
    fox.do("tab")
    fox.do("seen")
    start = start_of(unpacked)
    fox.do("open", start.as_uri())
    assert fox.evaluate("document.images[0].naturalWidth") > 300
    fox.evaluate("document.querySelector('a[href=\"site/index.html\"]').click()")
    fox.until("document.title === 'Rowan and Mum' && !!document.querySelector('.vig-menu')")
    for page in sorted((unpacked / "site").glob("*.html")):
        fox.do("open", page.as_uri())
        assert fox.evaluate("!!document.querySelector('h1')")
    fox.do("open", (home / "packs/rowan/To keep.html").as_uri())
    assert fox.evaluate("document.querySelectorAll('video').length") == 6
    fox.evaluate("{ const v = document.querySelector('video'); v.muted = true; v.play(); }")
    fox.until("document.querySelector('video').currentTime > 0.2", seconds=20)
    assert fox.quiet(home.as_uri())
