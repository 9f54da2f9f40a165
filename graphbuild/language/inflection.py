"""Undoes regular English inflection against a vocabulary of known lemmas: what a learned rule gets wrong on rare words."""

from collections.abc import Callable, Collection, Iterator

_VOWELS = frozenset("aeiou")


def uninflected(form: str, pos: str, known: Callable[[str], bool]) -> str | None:
    """Return the known lemma that a lower-cased verb or noun form is a regular inflection of; None if there is none.

    >>> uninflected("ratified", "VERB", {"ratify"}.__contains__), uninflected("shipping", "VERB", {"ship"}.__contains__)
    ('ratify', 'ship')
    """
    candidates = _verb(form) if pos in ("VERB", "AUX") else plural_stems(form) if pos == "NOUN" else iter(())
    return next((lemma for lemma in candidates if len(lemma) > 1 and known(lemma)), None)


def _verb(form: str) -> Iterator[str]:
    yield form
    for ending in ("ed", "ing", "en"):
        if form.endswith(ending):
            stem = form[: -len(ending)]
            yield from _stems(stem)
            if ending == "ed" and stem.endswith("i"):
                yield stem[:-1] + "y"
            if ending == "ing" and stem.endswith("y"):
                yield stem[:-1] + "ie"
    yield from plural_stems(form)


def _stems(stem: str) -> Iterator[str]:
    """Yield a stem with the e that an ending swallowed, as it is, and with its last consonant undoubled."""
    yield stem + "e"
    yield stem
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        yield stem[:-1]


def plural_stems(form: str) -> Iterator[str]:
    """Yield the nouns, or verbs in -s, of which a form may be the regular plural, or third person."""
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith("es"):
        yield form[:-1]
        yield form[:-2]
    elif form.endswith("s") and not form.endswith("ss"):
        yield form[:-1]


def regular_stem(form: str, pos: str) -> str:
    """Guess the lemma of a regular verb form or plural that no vocabulary knows.

    >>> regular_stem("blamed", "VERB"), regular_stem("ramming", "VERB"), regular_stem("frigates", "NOUN")
    ('blame', 'ram', 'frigate')
    """
    if pos in ("VERB", "AUX"):
        for ending in ("ed", "ing"):
            if form.endswith(ending) and len(form) > len(ending) + 2:
                return _guess(form[: -len(ending)], ending)
    return next(plural_stems(form), form) if pos in ("VERB", "NOUN") else form


def _guess(stem: str, ending: str) -> str:
    if ending == "ed" and stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt":
        return stem[:-1]
    vowels: Collection[str] = _VOWELS
    single = len(stem) > 2 and stem[-1] not in vowels and stem[-2] in vowels and stem[-3] not in vowels
    if stem[-2:] in ("at", "ut") and stem[-3:-2] not in vowels and not _short(stem):  # violat(e), prosecut(e)
        return stem + "e"
    return stem + "e" if (stem[-1] in "vuzcs" and stem[-2:] != "ss") or (single and stem[-1] in "mtkrdlgpn" and _short(stem)) else stem


def _short(stem: str) -> bool:
    """Tell whether a stem has one syllable, which keeps its vowel long only before a silent e: blam(e), not visit."""
    return sum(c in _VOWELS and (n == 0 or stem[n - 1] not in _VOWELS) for n, c in enumerate(stem)) == 1
