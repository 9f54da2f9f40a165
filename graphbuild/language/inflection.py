"""Undoes regular English inflection against a vocabulary of known lemmas: what a learned rule gets wrong on rare words."""

from collections.abc import Callable, Collection, Iterator

_VOWELS = frozenset("aeiou")
_PRINCIPAL_PARTS = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|befall befell befallen|begin began begun|behold beheld|bend bent|bind bound
bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen
cling clung|come came|creep crept|deal dealt|dig dug|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed
feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven
forgo forwent forgone|forsake forsook forsaken|freeze froze frozen|get got gotten|give gave given|go went gone|grind ground|grow grew grown|hang hung
hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|leap leapt|leave left|lend lent|light lit|lose lost
make made|mean meant|meet met|overfly overflew overflown|pay paid|plead pled|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen
seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat
slay slew slain|sleep slept|slide slid|sling slung|speak spoke spoken|speed sped|spend spent|spin spun|spring sprang sprung|stand stood|steal stole stolen
stick stuck|sting stung|strike struck stricken|strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught
tear tore torn|tell told|think thought|throw threw thrown|tread trod trodden|understand understood|undertake undertook undertaken|uphold upheld
wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood
wring wrung|write wrote written"""
"""The irregular verbs of English whose past forms are not their base: base, past tense, past participle where that differs."""
IRREGULAR = {form: parts[0] for verb in _PRINCIPAL_PARTS.replace("\n", "|").split("|") if (parts := verb.split()) for form in parts[1:] if form != parts[0]}
"""Past tense or participle → base form."""


def uninflected(form: str, pos: str, known: Callable[[str], bool]) -> str | None:
    """Return the known lemma that a lower-cased verb or noun form is a regular inflection of; None if there is none.

    >>> uninflected("ratified", "VERB", {"ratify"}.__contains__), uninflected("shipping", "VERB", {"ship"}.__contains__)
    ('ratify', 'ship')
    """
    candidates = _verb(form) if pos in ("VERB", "AUX") else _plural(form) if pos == "NOUN" else iter(())
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
    yield from _plural(form)


def _stems(stem: str) -> Iterator[str]:
    """Yield a stem with the e that an ending swallowed, as it is, and with its last consonant undoubled."""
    yield stem + "e"
    yield stem
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        yield stem[:-1]


def _plural(form: str) -> Iterator[str]:
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
    return next(_plural(form), form) if pos in ("VERB", "NOUN") else form


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
