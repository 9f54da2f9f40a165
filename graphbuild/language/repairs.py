"""Repairs of trees where labels contradict each other: each arc is labelled by itself, and the grammar knows what cannot stand together.

None of these looks at words beyond the closed classes (prepositions, relative pronouns, days and months).
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Token

_RELATIVE = frozenset("who whom which that".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tomorrow tonight".split()
)
_SUBJECTS = ("nsubj", "nsubj:pass")
_COMPLEMENTS = ("obj", "iobj", "ccomp", "xcomp")
_BARE = ("nsubj", "obj", "iobj")
"""What no preposition leads in."""


def repair(doc: Doc) -> None:
    """Mend the labels (and, of some constructions, the arcs) of a Doc in place, in text order."""
    for token in _labelled(doc, "nsubj", "obj", "iobj", "compound", "obl", "xcomp", "acl"):
        label = _label(token)
        if label is not None:
            token.dep_ = label
    for agent, participle in list(_strayed_agents(doc)):
        agent.head, agent.dep_ = participle, "obl:agent"
    for name, subject in list(_renamed_subjects(doc)):
        name.head, name.dep_ = subject, "appos"
    for name, verb in list(_torn_names(doc)):
        name.head, name.dep_ = verb, "nsubj"
    for name, noun in list(_misread_appositions(doc)):
        name.head, name.dep_ = noun, "appos"
    for subject, verb in list(_strayed(doc)):
        subject.head, subject.dep_ = verb, "nsubj"


def _label(token: Token) -> str | None:
    """Return the label that an arc must have, given its neighbours; None if it may stay."""
    if token.dep_ in _BARE and _hangs_on_preposition(token):
        return "obl"
    if token.dep_ == "nsubj" and _is_second(token):
        return "obj"
    if token.dep_ == "nsubj" and token.lower_ == "test" and token.i + 1 < len(token.doc) and token.nbor().tag_ == "HYPH":
        return "compound"  # "test-fired"
    if token.dep_ == "compound" and token.head.tag_ in ("VBZ", "VBP", "VBD") and token.i < token.head.i and token.lower_ != "test":
        return "nsubj"
    if (token.dep_ == "obl" and _is_object(token)) or (token.dep_ == "xcomp" and _is_name_after(token)):
        return "obj"
    relative = token.dep_ == "acl" and any(c.lower_ in _RELATIVE and c.dep_ in _SUBJECTS for c in token.children)
    return "acl:relcl" if relative else None


def _strayed_agents(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield agents hung on the noun before a participle, with the participle: "a piece published today by the agency"."""
    for agent in _labelled(doc, "nmod"):
        by = _preposition(agent)
        if by is None or by.lower_ != "by":
            continue
        participle = next((c for c in agent.head.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i < by.i), None)
        if participle is not None and not any(c.dep_ == "obl:agent" for c in participle.children):
            yield agent, participle


def _renamed_subjects(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names between commas read as a second subject of the verb behind them, with the first, which they rename: "the envoy, Ana Lind, called"."""
    for name in _labelled(doc, *_SUBJECTS):
        if name.pos_ != "PROPN" or name.head.i < name.i:
            continue
        first, last = name.left_edge.i, name.right_edge.i
        closed = first > 0 and doc[first - 1].text == "," and (doc[last].text == "," or doc[min(last + 1, len(doc) - 1)].text == ",")
        own = [c for c in name.head.children if c.dep_ == name.dep_ and c.i < first]
        if closed and own and own[-1].pos_ == "NOUN":
            yield name, own[-1]


def _labelled(doc: Doc, *labels: str) -> Iterator[Token]:
    """Yield the words with one of the labels; looking at every word of a text as a Token takes its time."""
    wanted = np.array([doc.vocab.strings.add(label) for label in labels], dtype=np.uint64)
    for place in np.flatnonzero(np.isin(doc.to_array("DEP"), wanted)).tolist():
        yield doc[place]


def _preposition(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ == "case" and c.pos_ == "ADP" and c.i < token.i), None)


def _hangs_on_preposition(token: Token) -> bool:
    """Recognise "called on Ethiopia" read with an object or a second subject: a preposition stands between the verb and the name."""
    preposition = _preposition(token)
    return preposition is not None and token.head.pos_ == "VERB" and token.head.i < preposition.i and preposition.tag_ == "IN" and _opens(preposition, token)


def _opens(preposition: Token, token: Token) -> bool:
    """Tell whether a phrase begins with a preposition, and not with "between", "over" or "at" before a number."""
    return token.left_edge.i == preposition.i and not any(c.dep_ == "nummod" for c in token.children)


def _is_second(token: Token) -> bool:
    """Recognise "succeeded Tomas" read with a second subject: it follows a verb that has one before it."""
    verb = token.head
    has_subject = any(c.dep_ in _SUBJECTS and c.i < verb.i for c in verb.children)
    taken = any(c.dep_ in ("obj", "iobj") or (c.dep_ in _COMPLEMENTS and c.i < token.i) for c in verb.children)
    return token.i > verb.i and has_subject and not taken


def _is_object(token: Token) -> bool:
    """Recognise "telephoned Ana" read as an adverbial: a name without preposition after an active verb without object."""
    verb = token.head
    named = token.pos_ == "PROPN" and token.lower_ not in _CALENDAR and token.i > verb.i and _preposition(token) is None
    return named and _lacks_object(verb)


def _is_name_after(token: Token) -> bool:
    """Recognise "appointed Tomas Lind as minister" read as "became Tomas Lind": a name after a verb that has its object there."""
    names = any(c.dep_ in ("nmod", "obl") and any(g.lower_ == "as" for g in c.children) for c in (*token.children, *token.head.children))
    return token.pos_ == "PROPN" and _preposition(token) is None and names and not any(c.dep_ == "obj" for c in token.head.children)


def _torn_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names read as a part of a name further on, with the verb between them, whose subject they are: "Secretary Kerry spoke with Minister Lavrov"."""
    for name in _labelled(doc, "flat", "compound"):
        if name.head.i <= name.i + 1:
            continue
        verb = next((t for t in doc[name.i + 1 : name.head.i] if t.tag_ in ("VBD", "VBZ", "VBP")), None)
        if verb is not None and verb in name.head.ancestors and not any(c.dep_ in _SUBJECTS for c in verb.children):
            yield name, verb


def _misread_appositions(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names hung on a verb above that rename the noun before their comma: "met his colleague, Nicu Popescu"."""
    for name in _labelled(doc, "obj", "iobj", "obl", "obl:unmarked", "dep", "xcomp", "ccomp"):
        if name.pos_ != "PROPN" or _preposition(name) is not None:
            continue
        first = name.left_edge.i
        if first < 2 or doc[first - 1].text != "," or name.i - first > 4 or any(c.dep_ in ("cc", "nsubj", "cop", "nummod") for c in name.children):
            continue
        noun = doc[first - 2]
        after = doc[name.right_edge.i + 1] if name.right_edge.i + 1 < len(doc) else None
        closed = after is None or after.is_punct or after.is_space
        renamed = noun.tag_ == "NN" and noun.dep_ not in ("nsubj", "compound", "conj") and noun.i != name.head.i and name.head in noun.ancestors
        if closed and renamed and noun.lemma_.lower() not in _CALENDAR:
            yield name, noun


def _lacks_object(verb: Token) -> bool:
    passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children) or verb.tag_ == "VBN"
    return verb.pos_ == "VERB" and not passive and not any(c.dep_ in _COMPLEMENTS for c in verb.children)


def _strayed(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield subjects hung on the verb of saying that follows: in "X visited Japan, the BBC reported" X belongs to "visited"."""
    heads = Counter(subject.head.i for subject in _labelled(doc, "nsubj"))
    for verb in (doc[place] for place, count in sorted(heads.items()) if count > 1):
        own = [c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in _RELATIVE]
        if verb.pos_ != "VERB" or len(own) < 2:
            continue
        said = next((c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "VERB" and not any(g.dep_ in _SUBJECTS for g in c.children)), None)
        if said is not None and own[0].i < said.i < own[-1].i:
            yield own[0], said
