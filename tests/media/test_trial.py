"""Encoders are tried for real before they are used."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Vigsite
from tests.helpers.families import Family
from vigsite.media.engines.encoder_trial import working, works
from vigsite.media.recipes.hardware import ENCODERS, hardware_options


def test_a_trial_tells_what_works_from_what_does_not(tmp_path: Path) -> None:
    assert works("libx264", tmp_path, {"preset": "ultrafast"})
    assert not works("libx264", tmp_path, {"preset": "no-such-preset"})
    assert not works("h264_nowhere", tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_only_what_passes_its_trial_is_offered(tmp_path: Path) -> None:
    found = working(tmp_path)
    assert found == [name for name in ENCODERS if works(name, tmp_path)]
    assert all(hardware_options(name, 21) for name in ENCODERS)


def test_hardware_is_used_on_request_alone(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    """Where no encoder works, it is said before anything is built."""
    there = working(tmp_path / "trials")
    done = vigsite("build", ash.directory, "--hardware", "--verbose")
    if there:
        assert done.status == 0
        assert there[0] in done.err
    else:
        assert done.status == 2
        assert "No hardware encoder works on this machine" in done.err
        assert not (tmp_path / "sites").exists()
    doctor = vigsite("doctor")
    assert "hardware encoders: " + (", ".join(there) or "none works here") in doctor.out
    plain = vigsite("build", ash.directory, "--verbose")
    assert plain.status == 0
    assert "-c:v libx264" in plain.err
