"""The editions of a site, and what people can agree to."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """What a site is built for; each is an allow-list of fields."""

    REVIEW = "review"
    KEEPSAKE = "keepsake"
    SUPERVISION = "supervision"

    @property
    def called(self) -> str:
        """What a sentence calls it, behind `the`."""
        return "supervision edition" if self is Edition.SUPERVISION else self.value

    @property
    def for_colleagues(self) -> bool:
        """Whether colleagues see it: under pseudonyms, with analysis and filmed shared reviews."""
        return self is Edition.SUPERVISION

    @property
    def is_kept(self) -> bool:
        """Whether the family keeps it: it has a film, and neither deck nor prompts nor stops."""
        return self is Edition.KEEPSAKE


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
