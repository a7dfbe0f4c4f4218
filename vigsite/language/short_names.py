"""What people are called at home: in English by `nicknames`, in other languages by a list."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from vigsite.language.name_forms import VOWELS, inflected
from vigsite.language.name_matching import fold

_SHORT = """
    agnieszka aga agusia, aleksander alek olek, aleksandra ola olka oleńka, andrzej jędrek,
    anna ania anka, antoni antek tosiek, barbara basia baśka, bartłomiej bartek, bartosz bartek,
    elżbieta ela elka, ewa ewka ewunia, franciszek franek franio, grzegorz grzesiek grześ,
    helena hela, jadwiga jadzia, jakub kuba kubuś, jan janek jaś jasiek, jerzy jurek,
    joanna asia aśka, józef józek, julia julka, katarzyna kasia kaśka, kazimierz kazik,
    krzysztof krzysiek krzyś, maciej maciek, magdalena magda madzia,
    małgorzata gosia gośka małgosia, maria marysia maryla, mateusz mati,
    mikołaj miki, natalia natalka, piotr piotrek piotruś,
    stanisław staszek staś, tadeusz tadek, tomasz tomek, urszula ula, wiktoria wika,
    władysław władek, wojciech wojtek, zbigniew zbyszek, zofia zosia, zuzanna zuzia zuza,
    анастасія настя, анна аня, ксенія ксеня ксюша ксюня ася, георгій жора, марина маринка,
    вероніка ніка, маргарита рита, валентина валя, костянтин костя, максим макс, тимофій тимко тіма,
    злата златка, даниїл даня данилко, данило даня данилко, богдан богданчик, роман ромко рома,
    соломія соля, ярослав ярик славко, василь вася василько, вікторія віка, володимир вова володя,
    ганна ганнуся, григорій гриша, дмитро діма дімочка митя, євген женя, іван ваня івась,
    ірина іра іринка, катерина катя, любов люба, людмила люда, марія маша маруся марійка,
    микола коля, михайло миша михась, надія надя, наталія наталя, оксана окся ксеня ксюша оксанка,
    олександр саша сашко сашка шура олесь, олександра саша сашка леся шура, олена лена оленка,
    ольга оля, павло паша павлик, петро петрик петя,
    світлана света, сергій сергійко сержик, софія соня софійка, тетяна таня, юлія юля, юрій юра,
    alexandru sandu, constantin costel, elena lenuța, gheorghe gigi ghiță, ion ionel nelu,
    nicolae nicu, ștefan fane,
    عبدالله عبود عبودي, عبدالرحمن عبود دحمان, محمد حمودي حمودة, أحمد حمودي حمادة, فاطمة فطوم فطومة,
    مريم مريوم, عائشة عيوش عيوشة, خديجة خدوج, خالد خلودي, سليمان سلوم, إبراهيم برهوم, يوسف يوسي,
    mohammed mo hammoudi, muhammad mo hammoudi, mohamed mo, abdullah abdul aboudi, fatima fatoum,
    dolores lola, enrique quique, francisco paco, guadalupe lupe, ignacio nacho, josé pepe,
    manuel manolo, mercedes merche, rosario charo
"""
_AT_HOME: dict[str, set[str]] = defaultdict(set)
for _line in _SHORT.split(","):
    _group = {fold(name) for name in _line.split()}
    for _one in _group:
        _AT_HOME[_one] |= _group - {_one}


_DIMINUTIVE = re.compile(
    r"i?(?:enk|eczk|eczek|un|us|usi|ink|ulk|ci|czyk|ek|k)(?:[aeiou]|ow|owi|iem|em)?"
    r"|(?:еньк|очк|ечк|оньк|уньк|ус|чик|ик|к)(?:[аеиоуюя]|ові|ом|ою|ові|еві)?"
)
"""Folded endings, in their usual forms."""
_CUT_DIMINUTIVE = re.compile(
    r"i?(?:eczk|eczek|usi?|un|ulk)(?:[aeiou]|ow|owi|iem|em)?"
    r"|(?:еньк|очк|ечк|оньк|уньк|ус)(?:[аеиоуюя]|ові|ом|ою|ові|еві)?"
)
"""Those that stand behind a name cut short, and make no other name (Marek, Maria)."""
_BEGINNING = re.compile(rf"[^{VOWELS}]*[{VOWELS}]+[^{VOWELS}]+")
_FULL = frozenset("amy emily gary henry julie lucy marie mary terry".split())  # noqa: SIM905
"""Folded first names that end like pet names and are none."""


def is_called_at_home(name: str, found: str, *, named: bool, language: str) -> bool:
    """Return whether a folded word is what a folded first name is in short, or in full.

    Where it is written as a name, in any form of the language (Krzyśka, of Krzysztof), and its
    vowels at the end do not count (Kasiu, of Katarzyna).
    """
    if found in _english(name) or found in _AT_HOME.get(name, ()):
        return True
    if not named:
        return False
    stem = found.rstrip(VOWELS)
    return found in _forms_at_home(name, language) or any(
        stem == other.rstrip(VOWELS) for other in _AT_HOME.get(name, ())
    )


def is_diminutive(name: str, found: str) -> bool:
    """Return whether a folded word is a Slavic diminutive of a folded name, or of its short forms.

    Zosieńka, of Zofia; Ромчик, of Роман. They are too many for a list.
    """
    stems = (one.rstrip(VOWELS) for one in (name, *_AT_HOME.get(name, ())))
    ends = (found[len(stem) :] for stem in stems if len(stem) > 2 and found.startswith(stem))
    return any(map(_DIMINUTIVE.fullmatch, ends))


def is_cut_diminutive(name: str, found: str) -> bool:
    """Return whether a folded word is a Slavic diminutive of the beginning of a name (Tomuś)."""
    cut = _BEGINNING.match(name)
    if cut is None or len(cut[0]) < 3 or not found.startswith(cut[0]):
        return False
    return bool(_CUT_DIMINUTIVE.fullmatch(found[len(cut[0]) :]))


@cache
def _forms_at_home(name: str, language: str) -> frozenset[str]:
    """Return the short forms of a folded first name in all forms of a language."""
    known = [inflected(short, language) for short in _AT_HOME.get(name, ())]
    return frozenset(form for one in known if one is not None for form in one.forms)


def is_pet_name(name: str, found: str) -> bool:
    """Return whether a folded word is the beginning of a name with y or ie behind it (Immy)."""
    if not (short := re.fullmatch(r"(.{2,})(?:y|ie)", found)):
        return False
    base = short[1][:-1] if short[1][-1] == short[1][-2] else short[1]
    if not (len(base) > 1 and base[-1] not in VOWELS and name.startswith(base)):
        return False
    return found not in _FULL


@cache
def _english(name: str) -> frozenset[str]:
    from nicknames import NickNamer  # takes 0.1 s

    names = NickNamer()
    short = set(names.nicknames_of(name))
    shorter = {other for one in short for other in names.nicknames_of(one)}
    return frozenset(short | shorter | set(names.canonicals_of(name)))
