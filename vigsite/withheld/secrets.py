"""From what an edition leaves out to the words that would give it away.

What the edition says anyway is no secret. The pages' own words are taken out where they stand
(`audit/search/shipped_places.py`), not here: a word of ours is a secret wherever we do not put it.
"""

from __future__ import annotations

from dataclasses import replace

from vigsite.audit.search.matcher import Secret, plain_words
from vigsite.audit.search.search import Secrets
from vigsite.case.case import Case
from vigsite.case.consent import Admission
from vigsite.case.pseudonyms import pseudonyms
from vigsite.language.name_matching import SPACELESS
from vigsite.pages.shown import Shown
from vigsite.pages.words import Words, words_for
from vigsite.withheld.field_rules import How
from vigsite.withheld.guarded import guarded_names, names_that_are_words
from vigsite.withheld.own_words import own_sentences
from vigsite.withheld.spellings import cut_up, dated, filed, named, rated
from vigsite.withheld.this_computer import machine_secrets
from vigsite.withheld.values import Withheld, withheld_values

_RENAME = "Give it another name in your notes, and build again."


def secrets_of(case: Case, admission: Admission, shown: Shown) -> Secrets:
    """What must occur nowhere in the edition that says `shown`."""
    words = words_for(shown.language)
    said = [*shown.texts, *_days_said(shown, words)]
    allowed = "|".join(map(plain_words, [*said, *_days_said(shown, words)]))
    sure: list[Secret] = []
    if admission.edition.for_colleagues:
        sure += [Secret(name, "family in case.yml", name=True) for name in pseudonyms(case).certain]
    names = [
        (name, f"never_show {n} in case.yml") for n, name in enumerate(case.written.never_show, 1)
    ]
    sure += guarded_names(case, said)
    other = [part for name, origin in names for part in named(name, origin)[1:]]
    days = set(_days_said(shown, words))
    for withheld in withheld_values(case, admission):
        if withheld.how is How.DAY and withheld.value.isoformat() in days:
            continue
        other += _secrets(withheld, case, words)
    other += [
        Secret(str(case.directory), "the folder of the case", remedy=_RENAME),
        *machine_secrets(),
    ]
    as_names, unsearched = names_that_are_words(case, said)
    found = [*sure, *as_names, *(one for one in other if not _said(one, allowed, said))]
    once = {(secret.text, secret.literal): secret for secret in reversed(found)}
    notes = tuple(unsearched)
    return Secrets(tuple(reversed(once.values())), tuple(said), notes, own_sentences(words))


def _said(secret: Secret, allowed: str, said: list[str]) -> bool:
    """Whether the edition or our own words hold this anyway."""
    if secret.literal:
        return any(secret.text in text for text in said)
    words = plain_words(secret.text)
    return (words.strip() if SPACELESS.search(secret.text) else words) in allowed


def _days_said(shown: Shown, words: Words) -> list[str]:
    days = [goal.since for goal in shown.goals]
    days += [cycle.filmed for cycle in shown.cycles]
    days += [cycle.review.held for cycle in shown.cycles if cycle.review]
    days += [rating.day for goal in shown.goals for rating in goal.ratings]
    return [text for day in days for text in (day.isoformat(), words.day(day))]


def _secrets(withheld: Withheld, case: Case, words: Words) -> list[Secret]:
    """The words to search for, for one value."""
    value, origin = withheld.value, withheld.origin
    found: list[Secret] = []
    match withheld.how:
        case How.NAME:
            found = named(value, origin)
        case How.CALLED:
            found = named(value, origin)[:1]
        case How.TEXT:
            found = cut_up(value, origin)
        case How.ID if withheld.key == "folder":
            found = [Secret(value, origin, literal=True, remedy=_RENAME)]
        case How.ID if len(value) >= 4:
            found = [Secret(str(value), origin, remedy=_RENAME)]
        case How.PRINCIPLE:
            said = case.framework.principle_name(value) or ""
            found = [Secret(text, origin) for text in (value, said) if len(text) >= 5]
        case How.FILE:
            found = [replace(one, remedy=_RENAME) for one in filed(value, origin)]
        case How.DAY:
            found = dated(value, words.day(value), origin)
        case How.RATING:
            found = rated(value, withheld.about, origin)
    return found
