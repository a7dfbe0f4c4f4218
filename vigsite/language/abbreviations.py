"""Abbreviations of addresses and titles in the languages on offer."""

from __future__ import annotations

from vigsite.language.name_matching import fold

_ADDRESSES = """
    apartment apt, avenue ave av, boulevard blvd bd, close cl, court ct, crescent cres, drive dr,
    gardens gdns, grove gr, house hse, lane ln, mount mt, park pk, place pl, road rd, saint st,
    square sq, street st str, terrace terr ter,
    heol hl, stryd str,
    aleja aleje al, mieszkanie m, numer nr, osiedle os, plac pl, ulica ul, święty świętego św,
    święta świętej św,
    aleea al, apartamentul ap, blocul bl, bulevardul bd, numărul nr, sfântul sf, sfânta sf,
    strada str,
    бульвар бул, будинок буд, вулиця вул, імені ім, квартира кв, площа пл, провулок пров,
    проспект просп, святого св, святої св,
    شارع ش,
    chemin ch, sainte ste,
    avenida av avda, calle c, número n, plaza pza, santa sta, santo sto
"""
_TITLES = """
    mr mrs ms miss dr prof rev sr jr approx tel e.g i.e
    mgr inż tzw np godz
    dl dna
    проф напр обл
    mme mlle mm
    sra srta dra
"""
_SHORT = 4
"""Letters that an abbreviation of an address has at most."""
_WORDS = frozenset({"im", "lane", "park", "road", "sto"})
"""Folded: short words that are none, or that are others in another language."""

SAME: dict[str, tuple[str, ...]] = {}
"""Folded words of addresses, each with all that is written for it, itself among it."""
for _line in _ADDRESSES.split(","):
    _ways = tuple(map(fold, _line.split()))
    for _way in _ways:
        SAME[_way] = tuple(dict.fromkeys((_way, *SAME.get(_way, ()), *_ways)))

ABBREVIATIONS = (
    frozenset(way for ways in SAME.values() for way in ways if len(way) <= _SHORT)
    | frozenset(map(fold, _TITLES.split()))
) - _WORDS
"""Folded; a full stop behind them ends no sentence."""
