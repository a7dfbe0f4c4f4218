"""A family's sites, built once, for all tests of the audit."""

from __future__ import annotations

from tests.helpers.audited_site import built, keepsake

__all__ = ["built", "keepsake"]
