"""Writes the list of all parts that vigsite runs with (SBOM): CycloneDX 1.6, as JSON.

    python tools/sbom.py                    on the screen
    python tools/sbom.py --out sbom.json    into a file

Parts are the installed packages that vigsite needs to run, with what they need in turn, the ffmpeg
program among them, and the fonts that lie in the project. Tools that only build and test it are
left out. The list bears no date, so that the same parts give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import uuid
from importlib.metadata import Distribution, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

LOCK = Path(__file__).with_name("vendor.lock.json")
ROOT = "vigsite"
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
}
"""Licences as older packages name them (trove classifiers), and their SPDX names."""
SAID_ELSEWHERE = {"ffmpeg-python": "Apache-2.0", "mergedeep": "MIT"}
"""Of packages whose metadata name none: what the licence file of their source says."""


def needed(name: str, extras: frozenset[str] = frozenset()) -> list[tuple[str, frozenset[str]]]:
    """The packages that an installed one needs on this system, each with its wanted extras."""
    found = []
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            found.append((plain(requirement.name), frozenset(requirement.extras)))
    return found


def plain(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def all_needed() -> dict[str, set[str]]:
    """Every package vigsite runs with, and which others each of them needs."""
    graph: dict[str, set[str]] = {}
    waiting = [(ROOT, frozenset[str]())]
    done = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        more = needed(name, extras)
        graph.setdefault(name, set()).update(other for other, _ in more)
        waiting += more
    return graph


def package(name: str) -> Component:
    """An installed Python package."""
    found = distribution(name)
    about = found.metadata
    return Component(
        name=about["Name"],
        version=found.version,
        type=ComponentType.APPLICATION if name == ROOT else ComponentType.LIBRARY,
        bom_ref=name,
        purl=PackageURL("pypi", None, name, found.version),
        description=about.get("Summary"),
        licenses=[LicenseFactory().make_from_string(text) for text in licences(found)[:1]],
        external_references=pages(found),
    )


def licences(found: Distribution) -> list[str]:
    """What a package says of its licence, the most exact first."""
    about = found.metadata
    said = [SAID_ELSEWHERE.get(plain(about["Name"])), about.get("License-Expression")]
    said.append(about.get("License"))
    said += [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved ::")
    ]
    known = [text.strip() for text in said if text and text.strip() != "UNKNOWN"]
    return [CLASSIFIED.get(text, text) for text in known if "\n" not in text]


def pages(found: Distribution) -> list[ExternalReference]:
    """Where a package comes from."""
    named = [line.partition(", ") for line in found.metadata.get_all("Project-URL") or []]
    urls = {label.lower(): url for label, _, url in named}
    for label in ("source", "source code", "repository", "homepage", "home"):
        if url := urls.get(label):
            return [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(url))]
    return []


def ffmpeg() -> Component:
    """The program that comes with imageio-ffmpeg."""
    import imageio_ffmpeg

    program = Path(imageio_ffmpeg.get_ffmpeg_exe())
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    return Component(
        name="ffmpeg",
        version=imageio_ffmpeg.get_ffmpeg_version(),
        type=ComponentType.APPLICATION,
        bom_ref="ffmpeg",
        description="The program that decodes and encodes films; a build of imageio-ffmpeg's",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        licenses=[LicenseFactory().make_from_string("GPL-3.0-or-later")],
    )


def fonts() -> list[Component]:
    """What lies in the project itself, each with its files."""
    return [
        Component(
            name=entry["name"],
            version=entry["version"],
            bom_ref=entry["folder"],
            purl=PackageURL("npm", *entry["name"].split("/"), entry["version"]),
            licenses=[LicenseFactory().make_from_string(entry["license"])],
            components=[
                Component(
                    name=name,
                    type=ComponentType.FILE,
                    bom_ref=f"{entry['folder']}/{name}",
                    hashes=[HashType(alg=HashAlgorithm.SHA_256, content=file["sha256"])],
                )
                for name, file in entry["files"].items()
            ],
        )
        for entry in json.loads(LOCK.read_text("utf-8"))["packages"]
    ]


def sbom() -> str:
    """The list, as CycloneDX 1.6."""
    graph = all_needed()
    parts = {name: package(name) for name in sorted(graph)}
    program, vendored = ffmpeg(), fonts()
    bom = Bom(
        components=[*(part for name, part in parts.items() if name != ROOT), program, *vendored]
    )
    bom.metadata.component = parts[ROOT]
    bom.metadata.timestamp = None
    for name, others in graph.items():
        depends = [parts[other] for other in sorted(others)]
        if name == ROOT:
            depends += vendored
        elif name == "imageio-ffmpeg":
            depends.append(program)
        bom.register_dependency(parts[name], depends)
    known = "\n".join(sorted(f"{part.name} {part.version}" for part in bom.components))
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, known)
    outputter = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return str(outputter.output_as_string(indent=2))


def main() -> None:
    """Prints or writes the list."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, help="a file instead of the screen")
    out = options.parse_args().out
    if out is None:
        print(sbom())
    else:
        out.write_text(sbom() + "\n", "utf-8")


if __name__ == "__main__":
    main()
