"""Lemmas: a lexicon of the treebanks' forms first, then regular inflection of known words, then a learned edit rule.

A rule says how to turn a form into its lemma; there are few enough to be classes of a softmax.
"""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphbuild.errors import ModelError
from graphbuild.language.inflection import plural_stems, regular_stem, uninflected

_PREFIXES = ("re", "over", "out", "under", "mis", "un", "fore", "with", "up", "counter")
_IRREGULAR = Path(__file__).with_name("irregular.toml")
CASES = ("l", "k", "t")
_PLURALS = ("aries", "ncies", "logies", "raphies", "cracies")
"""Endings of plurals of nouns in -y, and of none in -ie: "mercenaries"."""
_NO_MEN = frozenset("abdomen specimen regimen acumen omen semen stamen bitumen lumen albumen".split())
"""Singular nouns that end like plurals of -man."""


def lemma_rule(form: str, lemma: str) -> str:
    """The rule that makes `lemma` of `form`: case (`l` lower, `k` keep, `t` title), letters cut from the end, suffix added.

    >>> lemma_rule("Countries", "country")
    'l3+y'
    """
    rules = [_rule(case, _cased(form, case), lemma) for case in CASES]
    return min(rules, key=lambda rule: (int(rule[1 : rule.index("+")]) + len(rule), CASES.index(rule[0])))


def _rule(case: str, base: str, lemma: str) -> str:
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}{len(base) - shared}+{lemma[shared:]}"


def _cased(form: str, case: str) -> str:
    if case == "l":
        return form.lower()
    return form if case == "k" else form[:1] + form[1:].lower()


def apply_rule(form: str, rule: str) -> str:
    """The lemma that `rule` makes of `form`; the form itself, in the rule's case, where nothing would be left.

    >>> apply_rule("Ministries", "l3+y")
    'ministry'
    """
    cut, _, suffix = rule[1:].partition("+")
    base = _cased(form, rule[0])
    return (base[: len(base) - int(cut)] + suffix) or base


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas of the forms that the treebanks hold, and what to do with others.

    Attributes:
        lemma_of: part of speech → lower-cased form → lemma.
        known: part of speech → its lemmas.
        words: base forms of any part of speech that texts attest, or that the catalogue asks for.
    """

    lemma_of: dict[str, dict[str, str]]
    known: dict[str, frozenset[str]]
    words: frozenset[str] = frozenset()

    def lemma(self, word: str, pos: str, rule: str) -> str:
        """The lemma in the lexicon; else what the form regularly comes from, if that is known; else what the rule makes of it."""
        form = word.lower()
        found = (_irregular().get(form) if pos == "VERB" else None) or self.lemma_of.get(pos, {}).get(form)
        if found is None and pos in self.known:
            found = uninflected(form, pos, self.known[pos].__contains__) or self._prefixed(form, pos)
            found = found or (uninflected(form, pos, self.words.__contains__) if not word[:1].isupper() or pos == "VERB" else None)
        return found or _man(form, pos) or _deed(form, pos) or _ruled(word, pos, rule)

    def parts_of_speech(self, word: str) -> set[str]:
        """What a word in whatever case may be, if it is no name: the parts of speech that it is attested as, verb or noun where it inflects a known one."""
        form = word.lower()
        inflected = {pos for pos in ("VERB", "NOUN") if uninflected(form, pos, self.known[pos].__contains__)}
        return inflected | {pos for pos, lemmas in self.lemma_of.items() if form in lemmas}

    def _prefixed(self, form: str, pos: str) -> str | None:
        """The lemma of a known irregular form with a prefix: retaken, overthrew."""
        for prefix in _PREFIXES if pos == "VERB" else ():
            rest = form.removeprefix(prefix)
            base = self.lemma_of.get(pos, {}).get(rest) or _irregular().get(rest, rest)
            if rest != form and base != rest:
                return prefix + base
        return None


@cache
def _irregular() -> dict[str, str]:
    """The base forms of irregular verb forms."""
    tables = tomllib.loads(_IRREGULAR.read_text(encoding="utf-8"))
    return {form: base for base, forms in tables["past"].items() for form in forms.split()} | {form: form for form in tables["same"]["words"].split()}


def _man(form: str, pos: str) -> str | None:
    """The singular of a compound with -men, which the rules know from too few words: gunmen, policewomen."""
    return f"{form[:-3]}man" if pos == "NOUN" and form.endswith("men") and len(form) > 5 and form not in _NO_MEN else None


def _deed(form: str, pos: str) -> str | None:
    """The base form of a noun for what a verb does, which the rules take for the verb: shelling, not shell."""
    return form.removesuffix("s") if pos == "NOUN" and form.endswith(("ing", "ings")) and len(form) > 5 else None


def _ruled(word: str, pos: str, rule: str) -> str:
    form = word.lower()
    if (pos == "VERB" and form.endswith(("ed", "ing")) and len(form) > 4) or (pos == "NOUN" and form.endswith(_PLURALS)):
        return regular_stem(form, pos)
    lemma = apply_rule(word, rule)
    if pos != "NOUN" or not (form.isascii() and form.isalpha()) or lemma.lower() in (form, *plural_stems(form)):
        return lemma
    # A rule made for other words may cut into a noun: "airstrike" is no form of "airstrik".
    return next(plural_stems(form), form)


def read_lexicon(path: Path) -> Lexicon:
    """Read `lexicon.json`: part of speech → lemma → its forms, in one string; a form that is its own lemma stands as `=`;
    under `words` the base forms that the catalogue asks for, by part of speech, and those that texts attest.

    Raises:
        ModelError: the file is missing or broken.
    """
    try:
        groups: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        words = groups.pop("words", {})
    except (OSError, json.JSONDecodeError) as error:
        raise ModelError(f"{path}: the lexicon of the language model cannot be read ({error}); install graphbuild again, or give another folder") from error
    groups["VERB"] = {lemma.lower(): forms for lemma, forms in groups.get("VERB", {}).items()}
    lemma_of = {
        pos: {(lemma.lower() if form == "=" else form): lemma for lemma, forms in group.items() for form in forms.split()} for pos, group in groups.items()
    }
    known = {pos: frozenset((*groups.get(pos, {}), *words.get(pos, "").split())) for pos in ("VERB", "AUX", "NOUN")}
    return Lexicon(lemma_of, known, frozenset(words.get("all", "").split()))
