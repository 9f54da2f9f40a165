"""ClearNLP trees, which spaCy's English pipelines make, into UD v2 trees as in the treebanks EWT and GUM.

The two schemes disagree on what heads what, not only on names: in ClearNLP a preposition heads its phrase, "be" its clause, a number
its currency sign, the last word of a name the name, and conjuncts form a chain. Each step below turns one construction around.
Labels: Choi and Palmer, Guidelines for the CLEAR style constituent to dependency conversion (2012); universaldependencies.org.
"""

from collections.abc import Collection, Sequence

from graphbuild.language.arcs import Arcs

_ONLY_CLEARNLP = frozenset(
    "acomp agent attr auxpass csubjpass dative dobj intj meta neg nsubjpass npadvmod oprd pcomp pobj poss preconj predet prep prt quantmod relcl".split()
)
_ONLY_UD = frozenset("root obj iobj obl cop fixed flat discourse goeswith orphan reparandum vocative clf dislocated list".split())

_BE = frozenset("be am is are was were been being 's 're 'm ’s ’re ’m".split())
_NOT_FINITE = ("VB", "VBG", "VBN", "JJ", "JJR", "NN", "NNP", "NNS")
_OBJECTS = ("pobj", "pcomp")
_ADPOSITIONS = ("IN", "TO", "RP", "VBG", "VBN", "JJ", "RB", "CC")
"""Tags of what may head a prepositional phrase: to, including, given, due, than …"""
_NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD", "DT", "WP", "WDT", "EX", "$", "PDT", "FW", "WP$", "%")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_HEARERS = frozenset("tell told tells telling ask asked asks asking teach taught teaches teaching promise promised promises promising".split())
"""Verbs whose only object hears what the clause after it says: an indirect object in UD."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_FIXED = {
    tuple(words.split()): label
    for label, group in {
        "case": "because of|according to|such as|instead of|due to|prior to|as of|as for|as to",
        "cc": "as well as|rather than|let alone",
        "mark": "in order|so that|in case",
        "advmod": "of course|that is",
        "": "each other|one another",
    }.items()
    for words in group.split("|")
}
"""Fixed expressions and what they are to the word that they belong to; "" where they are an argument themselves."""
_BOUNDS = frozenset(("more", "less", "fewer", "up"))
_SETTING_OFF = frozenset((",", "(", ")", "–", "—", ";"))
_RENAMED = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "neg": "advmod", "poss": "nmod:poss", "relcl": "acl:relcl",
    "prt": "compound:prt", "preconj": "cc:preconj", "predet": "det:predet", "quantmod": "advmod", "intj": "discourse", "meta": "dep", "oprd": "xcomp",
    "attr": "xcomp", "acomp": "xcomp", "dative": "iobj", "pcomp": "ccomp", "agent": "obl:agent", "ROOT": "dep", "": "dep",
}  # fmt: skip


def is_clearnlp(tags: Sequence[str], heads: Sequence[int], labels: Sequence[str]) -> bool:
    """Whether a tree is one of ClearNLP's: by a label that only one scheme has, else by "to" as an auxiliary or "and" on what stands before it."""
    present = set(labels)
    if present & _ONLY_CLEARNLP:
        return True
    if present & _ONLY_UD or any(":" in label for label in present):
        return False
    triples = zip(tags, heads, labels, strict=True)
    return any((label == "cc" and head < word) or (label == "aux" and tag == "TO") for word, (tag, head, label) in enumerate(triples))


def to_ud(
    words: Sequence[str], tags: Sequence[str], heads: Sequence[int], labels: Sequence[str], persons: Collection[tuple[int, int]] = ()
) -> tuple[list[int], list[str]]:
    """Turn the tree of one sentence into UD v2.

    Args:
        words: the words of the sentence.
        tags: their tags, of the Penn Treebank.
        heads: their heads, offsets into the sentence; the root is its own.
        labels: ClearNLP labels.
        persons: word offsets (start, end) of names of persons.

    Returns:
        heads and labels; the root's label is `ROOT`, as spaCy writes it.
    """
    arcs = Arcs(words, tags, heads, labels)
    _raise_subjects(arcs)
    _turn_currencies(arcs)
    _turn_prepositions(arcs)
    _turn_copulas(arcs)
    _turn_coordination(arcs)
    _join_fixed(arcs)
    _turn_dates(arcs)
    for start, end in sorted(persons):
        _turn_name(arcs, start, end)
    for word in range(len(arcs)):
        arcs.labels[word] = _label(arcs, word)
    _hang_punctuation(arcs)
    return arcs.heads, arcs.labels


def ud_pos(pos: str, tag: str, label: str) -> str:
    """The UD part of speech of a word, given spaCy's, its tag and its UD label.

    >>> ud_pos("AUX", "VBD", "root"), ud_pos("SCONJ", "IN", "case"), ud_pos("SCONJ", "WRB", "advmod"), ud_pos("DET", "DT", "nsubj")
    ('VERB', 'ADP', 'ADV', 'PRON')
    """
    if label in ("aux", "aux:pass", "cop") and tag != "TO":
        return "AUX"
    if pos == "AUX":
        return "VERB"
    if tag == "IN" and label in ("case", "mark"):
        return "ADP" if label == "case" else "SCONJ"
    if tag == "WRB":
        return "ADV"
    stands_alone = tag in ("DT", "WDT") and label not in ("det", "det:predet", "cc:preconj", "advmod")
    return "PRON" if stands_alone else pos


def _raise_subjects(arcs: Arcs) -> None:
    """In "wants Iran to stop" make Iran the object of "wants": ClearNLP has it as the subject of an infinitive clause."""
    for clause in range(len(arcs)):
        subjects = arcs.below(clause, "nsubj", "nsubjpass")
        if arcs.labels[clause] != "ccomp" or not subjects or arcs.heads[clause] > clause or arcs.below(clause, "mark"):
            continue
        bare = arcs.tags[clause] in _NOT_FINITE and not arcs.below(clause, "aux", "auxpass")
        if bare or any(arcs.tags[w] == "TO" for w in arcs.below(clause, "aux")):
            arcs.attach(subjects[0], arcs.heads[clause], "dobj")
            arcs.labels[clause] = "xcomp"


def _turn_currencies(arcs: Arcs) -> None:
    """In "$ 5 million" let the sign head the number."""
    for sign in range(len(arcs)):
        number = arcs.heads[sign]
        if arcs.tags[sign] == "$" and arcs.tags[number] == "CD" and sign < number:
            modifies = arcs.heads[number] > number and arcs.labels[number] in ("nmod", "amod", "compound", "nummod", "quantmod")
            arcs.promote(sign, "nummod", keep=[w for w in arcs.below(number) if sign < w < number])
            arcs.labels[sign] = "compound" if modifies else arcs.labels[sign]


def _turn_prepositions(arcs: Arcs) -> None:
    """Let the object of a preposition head the phrase, from the innermost out: "out" of "of" of "town"."""
    for word in list(arcs.upwards()):
        while arcs.labels[word] in _OBJECTS and not arcs.is_root(word) and arcs.tags[arcs.heads[word]] in _ADPOSITIONS:
            preposition = arcs.heads[word]
            clause = arcs.labels[word] == "pcomp" and arcs.tags[word].startswith(("V", "MD"))
            label = _phrase_label(arcs, preposition, clause)
            arcs.promote(word, "mark" if clause else "case")
            arcs.labels[word] = label
    for word in range(len(arcs)):
        if arcs.labels[word] in ("prep", "agent"):
            arcs.labels[word] = _oblique(arcs, arcs.heads[word])


def _phrase_label(arcs: Arcs, preposition: int, clause: bool) -> str:
    """Label of a phrase as what its preposition was; inside another preposition it is that one's object."""
    label, head = arcs.labels[preposition], arcs.heads[preposition]
    if label not in ("prep", "agent", "dative", "advmod", "pcomp", "mark", "amod"):
        return label
    within = ("prep", "agent", "dative") if arcs.tags[head].startswith("V") else ("prep", "agent", "dative", "pcomp")
    outer = head != preposition and arcs.labels[head] in within and arcs.tags[head] in _ADPOSITIONS
    if label == "pcomp" or (outer and not [w for w in arcs.below(head, *_OBJECTS) if w != preposition]):
        return "pcomp" if clause else "pobj"
    if clause:
        return "acl" if _oblique(arcs, head) == "nmod" else "advcl"
    return {"agent": "obl:agent", "dative": "obl"}.get(label) or _oblique(arcs, head)


def _oblique(arcs: Arcs, head: int) -> str:
    """What a prepositional phrase is to its head: `nmod` of a noun, else `obl`; adjectives and determiners may stand for nouns ("many of them")."""
    nominal = arcs.tags[head] in _NOMINAL or (arcs.tags[head].startswith("JJ") and arcs.labels[head] in ("nsubj", "nsubjpass", "dobj", "pobj", "obj"))
    return "nmod" if nominal and arcs.labels[head] != "advmod" else "obl"


def _turn_copulas(arcs: Arcs) -> None:
    """Let the predicate head the clause, and "be" be its copula; where "there" is the subject, the predicate is the subject."""
    for verb in list(arcs.upwards()):
        if arcs.words[verb] not in _BE or arcs.labels[verb] in ("aux", "auxpass", "case", "punct"):
            continue
        predicate = _predicate(arcs, verb)
        if any(arcs.words[w] == "there" for w in arcs.below(verb, "expl")):
            for word in arcs.below(verb, "attr"):
                arcs.labels[word] = "nsubj"
        elif predicate is not None:
            _turn_copula(arcs, verb, predicate)


def _predicate(arcs: Arcs, verb: int) -> int | None:
    """The complement of "be": a noun or adjective, else a clause, else what place or time follows at once."""
    if found := arcs.below(verb, "acomp", "attr", "oprd"):
        return found[-1]
    if not arcs.below(verb, *_SUBJECTS):
        return None
    if found := [w for w in arcs.below(verb, "ccomp", "xcomp") if w > verb]:
        return found[0]
    near = [w for w in arcs.below(verb) if w > verb and arcs.labels[w] not in ("punct", "neg", "cc", "conj")]
    modifiers = [w for w in near if arcs.labels[w] in ("obl", "nmod")]
    if modifiers and all(arcs.labels[w] == "advmod" for w in near[: near.index(modifiers[0])]):
        return modifiers[0]
    return near[0] if len(near) == 1 and arcs.labels[near[0]] == "advmod" else None


def _turn_copula(arcs: Arcs, verb: int, predicate: int) -> None:
    subjects = arcs.below(verb, "nsubj", "nsubjpass")
    kind = arcs.labels[predicate]
    clauses = [w for w in arcs.below(verb, "ccomp", "xcomp") if w > predicate and kind in ("acomp", "attr")]
    planned = kind == "xcomp" and any(arcs.tags[s] in ("PRP", "NNP", "NNPS", "NNS", "WP") for s in subjects)
    if clauses and [arcs.words[s] for s in subjects] == ["it"]:
        arcs.labels[subjects[0]], arcs.labels[clauses[0]] = "expl", "csubj"
    elif kind in ("ccomp", "xcomp") and not planned:
        for subject in subjects:
            arcs.labels[subject] = "nsubj:outer"  # the clause may have one of its own
    arcs.promote(predicate, "aux" if planned else "cop")


def _turn_coordination(arcs: Arcs) -> None:
    """Hang "and" and the commas on the conjunct behind them, and all conjuncts on the first."""
    for word in range(len(arcs)):
        following = arcs.below(word, "conj")
        for link in arcs.below(word, "cc", "punct"):
            behind = next((c for c in following if c > link), None)
            if behind is not None and link > word and (arcs.labels[link] == "cc" or arcs.words[link] in (",", ";")):
                arcs.attach(link, behind)
    for word in range(len(arcs)):
        first = arcs.heads[word]
        while arcs.labels[word] == "conj" and arcs.labels[first] == "conj" and not arcs.is_root(first):
            first = arcs.heads[first]
        if first != arcs.heads[word]:
            arcs.attach(word, first)


def _join_fixed(arcs: Arcs) -> None:
    """Hang the words of a fixed expression on its first word."""
    for start in range(len(arcs)):
        for words in (tuple(arcs.words[start : start + 2]), tuple(arcs.words[start : start + 3])):
            if words in _FIXED:
                _join(arcs, start, start + len(words), _FIXED[words])
        if arcs.words[start : start + 2] in (["at", "least"], ["at", "most"]):
            _turn_bound(arcs, start)
        elif arcs.words[start] in _BOUNDS and arcs.words[start + 1 : start + 2] in (["than"], ["to"]) and arcs.tags[start + 2 : start + 3] in (["CD"], ["$"]):
            _join(arcs, start, start + 2, "advmod")


def _join(arcs: Arcs, start: int, end: int, label: str) -> None:
    """Make one of the words `start` to `end`; nothing is done where they do not lean on one word outside."""
    if label == "case" and arcs.labels[start] == "advmod" and (found := arcs.below(start, "obl", "nmod")):  # instead of X
        above = arcs.heads[start]
        arcs.promote(found[-1], "case")
        arcs.labels[found[-1]] = _oblique(arcs, above)
    inside = range(start, end)
    outer = [w for w in inside if arcs.heads[w] not in inside and not arcs.is_root(w)]
    others = [w for n in inside for w in arcs.below(n) if w not in inside]
    if not outer or len({arcs.heads[w] for w in outer}) > 1 or others or (label == "mark" and arcs.labels[outer[-1]] not in ("mark", "advmod")):
        return
    head, own = arcs.heads[outer[-1]], arcs.labels[outer[-1]]
    mark = label == "case" and own == "mark"
    arcs.attach(start, head, own if mark or not label else label)
    for word in inside[1:]:
        arcs.attach(word, start, "fixed")


def _turn_bound(arcs: Arcs, at: int) -> None:
    """Read "at least five" as a phrase that modifies the number."""
    least = at + 1
    if arcs.heads[at] == least and not arcs.is_root(least):
        arcs.labels[at], arcs.labels[least] = "case", _oblique(arcs, arcs.heads[least])
    elif arcs.heads[least] == at and not arcs.is_root(at):
        arcs.promote(least, "case")
        arcs.labels[least] = _oblique(arcs, arcs.heads[least])


def _turn_dates(arcs: Arcs) -> None:
    """Let the day head a date: "May 5, 2023"."""
    for month in range(len(arcs)):
        if arcs.words[month] not in _MONTHS or not arcs.tags[month].startswith("NN"):
            continue
        numbers = [w for w in arcs.below(month, "nummod", "npadvmod", "appos") if arcs.tags[w] == "CD"]
        for year in numbers:
            arcs.labels[year] = "nmod:unmarked"
        day = next((w for w in numbers if abs(w - month) == 1 and len(arcs.words[w]) <= 2), None)
        if day is not None:
            arcs.promote(day, "nmod:unmarked")
    _comma_before_year(arcs)


def _comma_before_year(arcs: Arcs) -> None:
    for year in range(1, len(arcs)):
        if arcs.labels[year] == "nmod:unmarked" and arcs.words[year - 1] == "," and not arcs.below(year - 1) and not arcs.is_root(year - 1):
            arcs.attach(year - 1, year)


def _turn_name(arcs: Arcs, start: int, end: int) -> None:
    """Let the first word head a person's name and hang the rest on it as `flat`, a title before it as `nmod:desc`."""
    inside = range(start, end)
    heads = [w for w in inside if arcs.heads[w] not in inside or arcs.is_root(w)]
    if len(heads) != 1:
        return
    last = heads[0]
    if end - start > 1 and all(arcs.labels[w] in ("compound", "flat", "nmod", "amod", "appos") for w in inside if w != last):
        _turn_flat(arcs, inside, last)
        last = start
    if last == start:
        _hang_title(arcs, start)


def _turn_flat(arcs: Arcs, inside: range, last: int) -> None:
    first = inside[0]
    label = arcs.labels[last]
    above = first if arcs.is_root(last) else arcs.heads[last]
    others = [w for n in inside for w in arcs.below(n) if w not in inside]
    arcs.attach(first, above, label)
    for word in (last, *inside[1:]):
        if word != first:
            arcs.attach(word, first, "flat")
    for word in others:
        arcs.attach(word, first)


def _hang_title(arcs: Arcs, name: int) -> None:
    title = name - 1
    if title < 0 or arcs.heads[title] != name or arcs.labels[title] not in ("compound", "nmod") or not arcs.tags[title].startswith("NN"):
        return
    for word in arcs.below(name, "compound", "amod", "nmod", "poss", "det", "nummod"):
        if word < title:
            arcs.attach(word, title)
    arcs.labels[title] = "nmod:desc"
    for word in arcs.below(title, "compound"):
        if arcs.words[word] in ("prime", "deputy", "vice"):
            arcs.labels[word] = "amod"


def _label(arcs: Arcs, word: int) -> str:
    """The UD label of an arc that stands as it should."""
    label, head, tag = arcs.labels[word], arcs.heads[word], arcs.tags[word]
    if arcs.is_root(word):
        return "ROOT"
    if label == "aux" and tag == "TO":
        return "mark"
    if label == "npadvmod":
        return "nmod:unmarked" if arcs.tags[head] in _NOMINAL and arcs.labels[head] not in ("ROOT", "advcl", "acl:relcl", "ccomp") else "obl:unmarked"
    if label == "nmod":
        return _premodifier(arcs, word)
    if label == "relcl" and any(arcs.tags[w] == "TO" for w in arcs.below(word)) and not any(arcs.tags[w].startswith("W") for w in arcs.below(word)):
        return "acl"
    if label == "dobj" and _hears(arcs, word):
        return "iobj"
    return _RENAMED.get(label, label) if label != "pobj" else _oblique(arcs, head)


def _premodifier(arcs: Arcs, word: int) -> str:
    """A noun phrase on a noun: with a preposition `nmod`, before its noun a compound, else `nmod:unmarked`."""
    if arcs.below(word, "case") or arcs.tags[word] in ("IN", "TO"):
        return "nmod"
    return "compound" if word < arcs.heads[word] else "nmod:unmarked"


def _hears(arcs: Arcs, word: int) -> bool:
    verb = arcs.heads[word]
    said = [w for w in arcs.below(verb, "ccomp", "xcomp", "dobj") if w > word]
    return arcs.words[verb] in _HEARERS and word > verb and (bool(said) or arcs.tags[word] == "PRP")


def _hang_punctuation(arcs: Arcs) -> None:
    """Hang a comma or bracket on the phrase that it sets off, the last stop on the root."""
    first, last = _edges(arcs)
    root = next(w for w in range(len(arcs)) if arcs.is_root(w))
    for mark in range(len(arcs)):
        if arcs.labels[mark] != "punct" or arcs.below(mark) or arcs.is_root(mark):
            continue
        if all(arcs.labels[w] == "punct" for w in range(mark, len(arcs))):
            arcs.attach(mark, root)
        elif arcs.words[mark] == "-" and mark and arcs.heads[mark - 1] == mark + 1:
            arcs.attach(mark, mark - 1)
        elif 0 < mark < len(arcs) - 1 and arcs.words[mark] in _SETTING_OFF:
            arcs.attach(mark, _set_off(arcs, mark, first, last))


def _set_off(arcs: Arcs, mark: int, first: list[int], last: list[int]) -> int:
    """The head of the phrase that ends before, or begins behind, a mark."""
    behind = [w for w in (mark + 1, *arcs.ancestors(mark + 1)) if first[w] == mark + 1 and (arcs.heads[w] < mark or arcs.labels[w] == "parataxis")]
    if behind and arcs.words[mark] != ")":
        return behind[-1]
    before = [w for w in (mark - 1, *arcs.ancestors(mark - 1)) if last[w] == mark - 1 and not arcs.is_root(w)]
    opened = [w for w in before if first[w] and arcs.words[first[w] - 1] in _SETTING_OFF]
    found = [w for w in opened[:1] or before[-1:] if w != mark]
    return found[0] if found else arcs.heads[mark]


def _edges(arcs: Arcs) -> tuple[list[int], list[int]]:
    """First and last word of the phrase of every word, punctuation aside."""
    first, last = list(range(len(arcs))), list(range(len(arcs)))
    for word in arcs.upwards():
        if not arcs.is_root(word) and arcs.labels[word] != "punct":
            head = arcs.heads[word]
            first[head], last[head] = min(first[head], first[word]), max(last[head], last[word])
    return first, last
