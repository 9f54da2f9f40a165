"""Labels that an arc cannot have, given its neighbours, and words of the wrong kind."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import (
    BARE,
    CALENDAR,
    COMPLEMENTS,
    RELATIVE,
    SUBJECTS,
    VOWING,
    Move,
    bounds_of,
    hang,
    has_passive,
    head_of_name,
    labelled,
    lacks_object,
    preposition_of,
    relabel,
    subject_label,
)

_SPELLS = frozenset("time year month week day morning evening afternoon night hour minute moment weekend way decade".split())
_TEMPORAL = frozenset("after before because since although while".split())
_PREFIXES = frozenset("co re ex non part".split())
_MISSIONS = frozenset("attack strike assault transport patrol rescue".split())
"""What craft are for, which may be read as a verb."""
_CRAFT = frozenset("aircraft helicopter plane jet drone bomber boat ship submarine vessel".split())
_REPORTS = frozenset("reports claims rumours rumors charges".split())
_TAKES_GERUND = frozenset("deny admit acknowledge avoid risk consider regret recall mention confess".split())
"""Verbs with a gerund for an object."""


def needed_label(token: Token) -> str | None:
    """Return the label that an arc must have, given its neighbours; None if it may stay."""
    if (token.dep_ in BARE and _hangs_on_preposition(token)) or _is_no_agent(token) or _is_led_in(token):
        return "obl"
    if token.dep_ in (*SUBJECTS, "obl:agent") and _is_taken(token):
        return "obj"
    if token.dep_ == "obj" and (_is_subject_of_modal(token) or _is_inverted_subject(token)):
        return "nsubj"
    plain = _label_in_phrase(token) or _subject_label(token)
    if plain is not None:
        return plain
    if token.dep_ == "dep":
        unnamed = token.pos_ in ("NOUN", "PROPN") and _is_unnamed_subject(token)
        return "nsubj" if unnamed else "obj" if _is_object(token) else None
    if token.dep_ == "compound" and token.head.tag_ in ("VBZ", "VBP", "VBD") and token.i < token.head.i and token.lower_ != "test":
        return "nsubj"
    if (token.dep_ == "obl" and (_is_object(token) or _is_noun_object(token))) or (token.dep_ == "xcomp" and _is_name_after(token)):
        return "obj"
    return _clause_label(token)


def _label_in_phrase(token: Token) -> str | None:
    """Return the label of a word that is read as an object or subject of its own, and is part of what follows."""
    if token.dep_ not in ("obj", *SUBJECTS) or token.i + 1 == len(token.doc):
        return None
    if token.lower_ in ("the", "a", "an") and token.nbor().pos_ in ("NOUN", "PROPN", "ADJ"):
        return "det"
    return "compound" if token.dep_ == "nsubj" and token.lower_ == "test" and token.nbor().tag_ == "HYPH" else None  # "test-fired"


def _subject_label(token: Token) -> str | None:
    """Return the label of a subject that is read as an adverbial, or as that of a passive where the verb is none."""
    if token.dep_ not in ("obl", "nsubj:pass") or (token.dep_ == "obl" and not _is_led_in_by_none(token)):
        return None
    label = subject_label(token.head)
    active = token.head.tag_ == "VBD" or (token.head.tag_ == "VBN" and token.head.dep_ == "acl" and token.i < token.head.i)
    active = active or _is_finite_past(token.head)
    return label if token.dep_ == "obl" or (active and label == "nsubj") else None


def _is_finite_past(verb: Token) -> bool:
    """Recognise a past tense read as a participle: the root of its sentence, without auxiliary, and with an object: "Chad, …, denied losing it"."""
    own = {c.dep_ for c in verb.children}
    return verb.tag_ == "VBN" and verb.dep_ == "ROOT" and not own & {"aux", "aux:pass", "cop"} and bool(own & {"obj", "xcomp", "ccomp"})


def _is_phrase(token: Token) -> bool:
    """Tell whether what is read as a clause is a noun with its preposition: "assured them of its full support"."""
    labels = {c.dep_ for c in token.children}
    return token.pos_ in ("NOUN", "PROPN") and preposition_of(token) is not None and not labels & {"mark", "aux", "cop", "expl", *SUBJECTS}


def _is_led_in_by_none(token: Token) -> bool:
    """Recognise "a meeting is planned" read as an adverbial: a noun at the start of a clause, led in by nothing, whose finite verb has no subject."""
    verb, start = token.head, token.left_edge.i
    if token.i > verb.i or start != verb.sent.start:
        return False
    labels = {c.dep_ for c in verb.children if c.i < verb.i}
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or labels & {"aux", "aux:pass", "cop"}
    subject = token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() not in CALENDAR | _SPELLS
    opens = not any(c.dep_ in ("case", "mark", "nummod") for c in token.children)
    return subject and opens and bool(finite) and not labels & {*SUBJECTS, "csubj", "expl", "cc"}


def _is_inverted_subject(token: Token) -> bool:
    """Recognise the subject between the auxiliary that opens a condition and its verb: "Had Iran armed them, Oman would have left"."""
    verb, before = token.head, token.left_edge.i - 1
    if before < 0 or not token.i < verb.i or token.doc[before].lower_ not in ("had", "were", "should"):
        return False
    opening = token.doc[before]
    return opening.head.i == verb.i and opening.dep_ in ("aux", "aux:pass") and opening.i == verb.left_edge.i


def _is_no_agent(token: Token) -> bool:
    """Tell whether another preposition than "by", or none, leads in what is read as an agent: "carried out by one group against another"."""
    if token.dep_ != "obl:agent":
        return False
    preposition = preposition_of(token)
    if preposition is None:
        first = bounds_of(token)[0]
        return not _is_direct(token) and "by" not in (token.doc[first].lower_, token.doc[max(first - 1, 0)].lower_)
    return preposition.lower_ not in ("by", "through", "via", "from")


def _is_led_in(token: Token) -> bool:
    """Recognise "called upon Chad to leave" read with an object: a preposition opens the phrase right behind the verb."""
    preposition = preposition_of(token) if token.dep_ == "obj" else None
    return preposition is not None and preposition.lower_ in ("on", "upon") and preposition.i == token.left_edge.i == token.head.i + 1


def _is_taken(token: Token) -> bool:
    """Tell whether what is read as a subject or an agent is the object."""
    if token.dep_ == "obl:agent":
        return _is_direct(token)
    return (token.dep_ == "nsubj" and _is_second(token)) or _is_relative_object(token)


def _is_direct(token: Token) -> bool:
    """Recognise "sentenced the politician Rui Andrade" read with an agent: no preposition leads it in, and the active verb before it has no object."""
    verb = token.head
    return token.i > verb.i and verb.tag_ in ("VBD", "VBZ", "VBP") and preposition_of(token) is None and lacks_object(verb)


def _clause_label(token: Token) -> str | None:
    """Return the label of a passive's subject, of a gerund that is an object, and of a relative clause, where they are read as something else."""
    if token.dep_ in ("ccomp", "xcomp", "advcl") and _is_phrase(token):
        return "obl"
    timed = token.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ in _TEMPORAL and c.i < token.i for c in token.children)
    if timed and any(c.dep_ == "ccomp" and c.i < token.head.i for c in token.head.children):
        return "advcl"  # "the ministry said, a day after they fired it"
    if token.dep_ == "xcomp" and {c.dep_ for c in token.children if c.i < token.i} >= {"mark", "nsubj"}:
        return "ccomp"  # "demanded that Israel free them"
    if token.dep_ == "nsubj" and _is_passive_subject(token):
        return "nsubj:pass"
    if token.dep_ == "conj" and _is_result(token):
        return "advcl"
    if token.dep_ == "advcl" and (_is_gerund_object(token) or _is_vowed(token) or _is_gone_on_to(token)):
        return "xcomp"
    relative = token.dep_ == "acl" and (any(c.lower_ in RELATIVE and c.dep_ in SUBJECTS for c in token.children) or _is_bare_relative(token))
    return "acl:relcl" if relative else None


def _is_bare_relative(clause: Token) -> bool:
    """Recognise a relative clause without its pronoun: "the tariffs Peru imposed on it", finite, with a subject right behind the noun and no object."""
    labels = {c.dep_ for c in clause.children}
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    bare = clause.tag_ in ("VBD", "VBN", "VBZ", "VBP") and not labels & {"mark", "obj", "iobj", "ccomp", "xcomp", "nsubj:pass", "aux:pass", "aux"}
    return bare and subject is not None and subject.left_edge.i == clause.head.i + 1 and subject.i < clause.i


def copulas(doc: Doc) -> None:
    """Turn "be" before an adjective or noun, read as an auxiliary, into the copula that it is: "is baseless"."""
    for be in labelled(doc, "aux"):
        if be.lemma_ == "be" and be.head.pos_ in ("ADJ", "NOUN", "PROPN") and be.i < be.head.i:
            relabel(be, "cop")


def prefixed(doc: Doc) -> Iterator[Move]:
    """Make the word behind a prefix and a hyphen the head of both: "co-founder", "re-elected"."""
    for prefix in (t for t in spelled(doc, _PREFIXES) if t.i + 2 < len(doc)):
        hyphen, word = prefix.i + 1, doc[prefix.i + 2]
        if prefix.whitespace_ or doc[hyphen].text not in ("-", "‑"):
            continue
        if word in prefix.subtree:
            yield word, word if prefix.head.i == prefix.i else prefix.head, prefix.dep_
        yield prefix, word, "compound"
        yield from ((c, word, c.dep_) for c in prefix.children if c not in (doc[hyphen], word) and word not in c.subtree)
        yield from ((c, word, c.dep_) for c in prefix.children if c != word and word in c.subtree)


def _hangs_on_preposition(token: Token) -> bool:
    """Recognise "called on Ethiopia" read with an object or a second subject: a preposition stands between the verb and the name."""
    preposition = preposition_of(token)
    return preposition is not None and token.head.pos_ == "VERB" and token.head.i < preposition.i and preposition.tag_ == "IN" and _opens(preposition, token)


def _opens(preposition: Token, token: Token) -> bool:
    """Tell whether a phrase begins with a preposition, and not with "between", "over" or "at" before a number."""
    named = token.pos_ == "PROPN" and preposition.lower_ == "between"  # "between the 5th Brigade and the guard"
    return token.left_edge.i == preposition.i and (named or not any(c.dep_ == "nummod" for c in token.children))


def _is_subject_of_modal(token: Token) -> bool:
    """Recognise "said Chad must leave" read with an object: a name right before the auxiliary of a verb that has no subject."""
    before = token.i + 1 < len(token.doc) and token.nbor().dep_ == "aux" and token.nbor().head == token.head and token.i < token.head.i
    return before and token.pos_ == "PROPN" and not any(c.dep_ in SUBJECTS for c in token.head.children)


def _is_second(token: Token) -> bool:
    """Recognise "succeeded Tomas" read with a second subject: it follows a verb that has one before it."""
    verb = token.head
    has_subject = any(c.dep_ in SUBJECTS and c.i < verb.i for c in verb.children)
    taken = any(c.dep_ in ("obj", "iobj") or (c.dep_ in COMPLEMENTS and c.i < token.i) for c in verb.children)
    return token.i > verb.i and has_subject and not taken


def _is_relative_object(token: Token) -> bool:
    """Recognise "which, Reuters says, both sides have criticised" read with two subjects: the verb has its own behind the pronoun, and no object."""
    verb = token.head
    if token.lower_ not in ("which", "whom", "that") or token.tag_ not in ("WDT", "WP") or verb.pos_ != "VERB" or token.i > verb.i:
        return False
    own = any(c.dep_ == "nsubj" and token.i < c.i < verb.i for c in verb.children)
    return own and not any(c.dep_ in (*COMPLEMENTS, "aux:pass", "nsubj:pass") and c.i != token.i for c in verb.children)


def _is_unnamed_subject(token: Token) -> bool:
    """Recognise a subject that the parser could not name: it stands before a finite verb that has no other."""
    verb = token.head
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") and verb.pos_ == "VERB"
    return finite and token.i < verb.i and preposition_of(token) is None and not any(c.dep_ in (*SUBJECTS, "csubj", "expl") for c in verb.children)


def _is_object(token: Token) -> bool:
    """Recognise "telephoned Ana" read as an adverbial: a name without preposition after an active verb without object."""
    verb = token.head
    named = token.pos_ == "PROPN" and token.lower_ not in CALENDAR and token.i > verb.i and preposition_of(token) is None
    return named and lacks_object(verb)


def _is_noun_object(token: Token) -> bool:
    """Recognise "toured the base" read as an adverbial: a noun with its article behind an active verb without object, and no stretch of time."""
    verb = token.head
    determined = any(c.dep_ in ("det", "nmod:poss", "cc:preconj") for c in token.children)
    start = bounds_of(token)[0] if token.pos_ == "NOUN" and token.i > verb.i else -1
    direct = determined and (start == verb.i + 1 or _is_shifted(verb, start))
    direct = direct and not any(c.dep_ in ("case", "mark") for c in token.children)
    return direct and token.lemma_.lower() not in CALENDAR | _SPELLS and verb.tag_ in ("VBD", "VBZ", "VBP", "VB") and lacks_object(verb)


def _is_shifted(verb: Token, start: int) -> bool:
    """Tell whether only phrases with prepositions stand between a verb and where a noun phrase starts: "will host in Bonn in May a round of talks"."""
    phrases = [c for c in verb.children if verb.i < c.i < start and c.dep_ == "obl" and any(g.dep_ == "case" for g in c.children)]
    return start > verb.i + 1 and {t.i for p in phrases for t in p.subtree} == set(range(verb.i + 1, start))


def _is_name_after(token: Token) -> bool:
    """Recognise "appointed Tomas Lind as minister" read as "became Tomas Lind": a name after a verb that has its object there."""
    names = any(c.dep_ in ("nmod", "obl") and any(g.lower_ == "as" for g in c.children) for c in (*token.children, *token.head.children))
    return token.pos_ == "PROPN" and preposition_of(token) is None and names and not any(c.dep_ == "obj" for c in token.head.children)


def _is_passive_subject(token: Token) -> bool:
    """Recognise "Lind is accused" read with an active subject: a participle with a passive auxiliary has no other."""
    verb = token.head
    passive = verb.tag_ == "VBN" and has_passive(verb)
    return passive and not any(c.dep_ == "nsubj:pass" or (c.dep_ == "nsubj" and c.i != token.i) for c in verb.children)


def _is_result(token: Token) -> bool:
    """Recognise "shelled the camp, killing two" read as a coordination: no bare participle without "and" stands beside a finite verb."""
    verb = token.head
    finite = verb.pos_ == "VERB" and verb.tag_ in ("VBD", "VBZ", "VBP") and not any(c.dep_ in ("aux", "aux:pass") for c in verb.children)
    bare = token.tag_ == "VBG" and not any(c.dep_ in ("aux", "aux:pass", "cc", "nsubj", "conj") and c.i < token.i for c in token.children)
    behind = verb.i < token.i and token.doc[token.left_edge.i - (token.left_edge.text != ",")].text == ","
    return finite and bare and behind and not any(c.dep_ == "conj" and c.i > token.i for c in verb.children)


def _is_gerund_object(token: Token) -> bool:
    """Recognise "denied having asked", "admitted selling" read as an adverbial: a gerund right behind a verb that takes one for its object."""
    head = token.head
    opened = next((c for c in token.children if c.lower_ == "having" and c.dep_ == "aux"), token)
    between = token.doc[head.i + 1 : opened.i]
    return head.lemma_.lower() in _TAKES_GERUND and head.i < opened.i and opened.tag_ == "VBG" and all(t.pos_ == "ADV" for t in between)


def _is_vowed(token: Token) -> bool:
    """Recognise "threatened through its envoy to close the strait" read with a purpose: what one threatens or vows to do."""
    vow = token.head
    to = any(c.dep_ == "mark" and c.lower_ == "to" for c in token.children)
    return to and token.tag_ == "VB" and vow.lemma_ in VOWING and vow.i < token.i and not any(c.dep_ in COMPLEMENTS for c in vow.children)


def _is_gone_on_to(token: Token) -> bool:
    """Recognise what one did, not a purpose: "went on to attack it", "happened to meet her", "used to live there"."""
    verb = token.head
    bare = token.tag_ == "VB" and token.i > verb.i and any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)
    if not bare or any(c.dep_ in ("obj", "obl", "aux:pass", "nsubj:pass") and c.i < token.i for c in verb.children):
        return False
    on = verb.lemma_ == "go" and any(c.lower_ == "on" and verb.i < c.i < token.i for c in verb.children)
    return on or verb.lemma_ == "happen" or (verb.lower_ == "used" and verb.tag_ == "VBD" and token.left_edge.i == verb.i + 1)


def nouns_after_verbs(doc: Doc) -> None:
    """Turn "reports" and "claims" right behind a verb, read as a second verb, back into what it takes: "denied reports that they had met"."""
    for word in labelled(doc, "conj", "ccomp", "xcomp", "dep", "parataxis", "obj"):
        verb = doc[word.i - 1] if word.i else word
        right_behind = word.lower_ in _REPORTS and (word.pos_ == "VERB" or word.tag_ == "VBZ") and verb.pos_ == "VERB" and word not in verb.ancestors
        if right_behind and word.i + 1 < len(doc) and word.nbor().lower_ in ("that", "of"):
            word.tag_, word.pos_ = "NNS", "NOUN"
            hang(word, verb, "obj")
            for clause in word.children:
                if clause.dep_ in ("ccomp", "advcl"):
                    relabel(clause, "acl")


def gerunds(doc: Doc) -> None:
    """Turn the participle that is read as another form of its verb into the one that it is: "after meeting Lind"."""
    for word in doc:
        if word.pos_ == "VERB" and word.tag_ != "VBG" and word.lower_.endswith("ing") and word.lemma_ != word.lower_:
            word.tag_ = "VBG"
            word.set_morph("Tense=Pres|VerbForm=Part")  # type: ignore[attr-defined]  # missing from spaCy's stubs


def nouns_in_ing(doc: Doc) -> None:
    """Turn what stands behind an article and has no object, read as a verb, into the noun that it is: "condemned the ruling", "after the shooting"."""
    for word in labelled(doc, "obj", "nsubj", "nsubj:pass", "obl", "nmod"):
        children = list(word.children) if word.tag_ == "VBG" else []
        if any(c.dep_ == "det" for c in children) and not any(c.dep_ in ("obj", "iobj", "aux", "mark", "xcomp", "ccomp") for c in children):
            word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_


def kinds_of_craft(doc: Doc) -> Iterator[Move]:
    """Make "attack" or "strike" before a word for craft, read as a verb beside a noun, the noun that it is: "F-16s and attack aircraft of the navy"."""
    for word in spelled(doc, _MISSIONS):
        if word.tag_ not in ("VB", "VBP") or not 1 < word.i < len(doc) - 1 or word.nbor(-1).lower_ != "and" or word.nbor().lemma_.lower() not in _CRAFT:
            continue
        craft, first = word.nbor(), head_of_name(word.nbor(-2))
        start = next((t.i for t in reversed(doc[word.sent.start : word.i]) if t.text == "," or t.dep_ == "mark"), word.sent.start)
        if first.pos_ not in ("NOUN", "PROPN") or any(t.pos_ in ("VERB", "AUX") for t in doc[start : word.i - 1]):
            continue  # "will shell the port and attack ships"
        verbs = [c for c in word.children if c.pos_ == "VERB" and c.i > craft.i]
        word.tag_, word.pos_ = "NN", "NOUN"
        yield craft, first, "conj"
        yield word, craft, "compound"
        yield word.nbor(-1), craft, "cc"
        yield from ((c, first, c.dep_) for c in verbs)


def nationals(doc: Doc) -> None:
    """Turn "national" between a demonym and a name, read as an adjective, into the noun that it is: "the British national Ana Lind"."""
    for word in labelled(doc, "amod"):
        if word.text != "national" or not 0 < word.i < len(doc) - 1 or not word.nbor().tag_ == word.head.tag_ == "NNP" or not word.nbor(-1).is_title:
            continue
        word.tag_, word.pos_ = "NN", "NOUN"
        relabel(word, "nmod:desc")
        for demonym in [c for c in word.head.children if c.i == word.i - 1]:
            hang(demonym, word)


def freeing(doc: Doc) -> Iterator[Move]:
    """Make "free" between "to" and a name or an article, read as an adjective, the verb that it is: "offered to free Ana Lind", "calls to free the men"."""
    for free in spelled(doc, ("free",)):
        behind = doc[free.i + 1] if free.i + 1 < len(doc) else None
        to, noun = doc[free.i - 1], free.head
        opens = behind is not None and (behind.pos_ in ("PROPN", "DET", "NUM") or behind.tag_ == "PRP$")
        if free.pos_ != "ADJ" or not free.i or to.lower_ != "to" or not opens:
            continue
        above, hung_below = noun.head, free.dep_ == "amod" and noun.i > free.i and noun.head.i < to.i
        if not hung_below and not (to.head.i == free.i and any(c.dep_ == "obj" for c in free.children)):
            continue
        free.tag_, free.pos_, free.lemma_ = "VB", "VERB", "free"
        if not hung_below:
            continue
        yield free, above, "acl" if above.pos_ in ("NOUN", "PROPN") else "xcomp"
        yield noun, free, "obj"
        yield to, free, "mark"


def infinitives(doc: Doc) -> Iterator[Move]:
    """Make an infinitive with "to" that is read as a phrase with a preposition a clause: "ignored calls to free Ana Lind"."""
    for verb in labelled(doc, "nmod", "obl"):
        to = doc[verb.i - 1] if verb.i else verb
        if verb.tag_ == "VB" and to.lower_ == "to" and to.head.i == verb.i and any(c.dep_ in ("obj", "obl") for c in verb.children):
            yield to, verb, "mark"
            yield verb, verb.head, "acl" if verb.dep_ == "nmod" else "xcomp"
