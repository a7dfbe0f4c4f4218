"""The editions of a site, and what people can agree to."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """What a site is built for; each is an allow-list of fields."""

    REVIEW = "review"
    KEEPSAKE = "keepsake"
    SUPERVISION = "supervision"


class Purpose(StrEnum):
    """What a person can agree to."""

    REVIEW = "review"
    KEEPSAKE = "keepsake"
    SUPERVISION = "supervision"
    HOSTING = "hosting"
    INTERVISION = "intervision"
    ASSESSMENT = "assessment"
    TRAINING = "training"


DEFAULT_EDITIONS = (Edition.REVIEW, Edition.KEEPSAKE)
"""What a build makes when no edition is named."""
