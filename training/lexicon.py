"""The lexicon of lemmas, counted on the treebanks."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from graphbuild.catalogue import load_catalogue
from graphbuild.language.inflection import uninflected
from graphbuild.language.lemmas import lemma_rule
from training.examples import Example

MIN_COUNT = 2
_POS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "NOUN", "NUM", "PART", "PRON", "SCONJ", "VERB")


def count_lexicon(examples: Iterable[Example], rules: Collection[str]) -> dict[str, dict[str, str]]:
    """Part of speech → lemma → forms: the majority lemma of every form seen `MIN_COUNT` times, or whose rule the head lacks."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for example in examples:
        if example.parse is not None:
            for word, morph, lemma in zip(example.words, example.parse.morph, example.parse.lemmas, strict=True):
                if not set(word) & set(" \t") and lemma != "_":
                    counts[morph.partition("|")[0], word.lower()][lemma] += 1
    forms: dict[str, dict[str, list[str]]] = {pos: defaultdict(list) for pos in _POS}
    for (pos, form), lemmas in sorted(counts.items()):
        lemma = min(lemmas, key=lambda text: (-lemmas[text], text))
        if pos in forms and " " not in lemma and (lemmas.total() >= MIN_COUNT or lemma_rule(form, lemma) not in rules):
            forms[pos][lemma].append("=" if form == lemma.lower() else form)
    return {pos: {lemma: " ".join(own) for lemma, own in sorted(group.items())} for pos, group in forms.items()}


def catalogue_words() -> dict[str, str]:
    """The lemmas that frames of the catalogue ask for, by part of speech."""
    relations = load_catalogue().relations.values()
    lemmas = {
        "VERB": {lemma for relation in relations for frame in relation.verbs for lemma in frame.lemmas},
        "NOUN": {lemma for relation in relations for frame in relation.nouns for lemma in frame.lemmas},
    }
    return {pos: " ".join(sorted(word for word in words if word.isalpha())) for pos, words in lemmas.items()}


def count_words(examples: Iterable[Example]) -> str:
    """Base forms, sorted: lower-case words of all texts that stand there inflected too."""
    seen = {word for example in examples for word in example.words if word.isalpha() and word.islower() and word.isascii()}
    bases = {base for form in seen for pos in ("VERB", "NOUN") if (base := uninflected(form, pos, lambda word, form=form: word != form and word in seen))}
    return " ".join(sorted(bases))


def write_lexicon(lexicon: dict[str, dict[str, str]], path: Path) -> None:
    """Write as JSON, a line a part of speech."""
    lines = [f"{json.dumps(pos)}: {json.dumps(group, ensure_ascii=False, separators=(',', ':'))}" for pos, group in lexicon.items()]
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
