"""Titles that stand at the name of a person, by the gazetteer's list and the parse: before it, in apposition to it, said of it by a copula."""

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import words_between
from graphbuild.peoples import NATIONS
from graphbuild.phrases import joined_title, title_ending_at
from graphbuild.syntax import case_of, has_copula

_LONGEST = 6
_MODIFYING = frozenset(("compound", "nmod:desc", "flat", "amod"))
_NO_GRADES = NATIONS | frozenset(
    "former late new old current outgoing incoming ex then next previous young fellow same other many several first second".split()
)
"""Adjectives before a title that are no part of it."""
_RANKED = frozenset("vice deputy assistant prime first chief general senior high acting foreign interior external special permanent executive".split())
"""Adjectives that are part of a title."""
_LEANING = frozenset("pro anti".split())
_CAMPS = frozenset("camp bloc faction wing".split())
"""What an office is told to belong to, and is no part of its name."""
_BESIDE = frozenset(("appos", "flat", "nmod:desc", "compound"))
_OF = frozenset(("of", "for"))

_ROLES = frozenset("head chief coordinator ruler prefect attaché counsellor magistrate commandant regent envoy prosecutor executive coach manager lawmaker"
    " legislator mediator negotiator editor editor-in-chief conductor curator delegate rector dean provost principal headmaster headmistress treasurer"
    " ombudsman".split())
"""Role nouns of office beside the titles of the gazetteer; what people do for a living is none."""

_SERVE = frozenset("serve act appoint elect install reappoint".split())
"""Verbs whose "as" leads in the office of their subject, or of whom the passive is said."""
_DISMISS = frozenset("dismiss sack fire remove oust".split())
"""Verbs whose "as" leads in the office that their object loses."""
_NAME = frozenset("appoint elect name reappoint reelect re-elect".split())
"""Verbs that take person and office as they stand: "elected Ana Lind mayor"."""
_APPOINTING = frozenset("appointment election reappointment re-election reelection promotion installation".split())
"""Nouns whose "as" leads in the office of whom they are said: "the appointment of Ana Lind as minister"."""
_HOLDING = ("nsubj", "nsubj:pass")
_NAMED = ("obj", "xcomp", "nsubj:pass")
"""How who is put into an office hangs on the verb."""
_LISTING = frozenset(("NNP", "NNPS", "JJ", "DT", "CC", ",", "IN", "POS", "HYPH", "NN", "CD"))
"""Tags of the words between an office in the plural and the names of those who hold it."""
_RESPECTFUL = frozenset("mr mrs ms miss dr sir madam h.e prof".split())
"""Titles of respect that may stand before each of several names."""
_DASHES = frozenset((",", "–", "—", "-", ":", "("))
_LONGEST_OF = 20
_LONGEST_OWN = 8
"""Tokens from one name of a list to the next, with what "of" adds to each."""

Range = tuple[int, int]
"""First token, and the one after the last."""


def find_titles(doc: Doc, people: Sequence[Range], named: Collection[int], gazetteer: Gazetteer) -> Iterator[Range]:
    """Yield the titles at the names of persons that are not yet found.

    Parameters:
        doc: the parsed text.
        people: where names of persons stand.
        named: tokens that other names, or titles, hold already.
        gazetteer: its titles count, offices and ranks alike; those of respect do not.
    """
    taken = set(named)
    for title in _plurals(doc, people, taken, gazetteer):
        taken.update(range(*title))
        yield title
    for start, end in people:
        for found in (*_before(doc, start, taken, gazetteer), *(_described(doc, head, taken, gazetteer) for head in _role_nouns(doc, start, end))):
            if found is not None and not taken & set(range(*found)):
                taken.update(range(*found))
                yield found


def listed(doc: Doc, end: int, people: Sequence[Range]) -> list[Range]:
    """Return the people whom a list names behind an office in the plural: "the ministers of Ghana and Togo, Ama Boateng and Kofi Lare".

    Parameters:
        doc: the parsed text.
        end: the token behind the office; what it is of may stand between it and the list.
        people: where names of persons stand.
    """
    starts = dict(people)
    first = end
    while first < min(len(doc), end + _LONGEST_OF) and first not in starts and (doc[first].tag_ in _LISTING or doc[first].text in _DASHES):
        first += 1
    before = next((t for t in reversed(doc[end:first]) if t.lower_.rstrip(".") not in _RESPECTFUL and t.text != "."), None)
    if first not in starts or (before is not None and before.text not in _DASHES):
        return []
    out = [(first, starts[first])]
    while (follows := next((i for i in range(out[-1][1], min(len(doc), out[-1][1] + _LONGEST_OWN)) if i in starts), None)) is not None:
        between = doc[out[-1][1] : follows]
        own = next((n for n, t in enumerate(between) if t.text in (",", "&") or t.lower_ == "and"), len(between))
        of = own == 0 or (between[0].lower_ in ("of", "from") and all(t.pos_ in ("PROPN", "ADP", "DET") or t.tag_ == "NNP" for t in between[:own]))
        joins = all(t.text in (",", "&", ".") or t.lower_ == "and" or t.lower_.rstrip(".") in _RESPECTFUL for t in between[own:])
        if not of or own == len(between) or not joins:
            break
        out.append((follows, starts[follows]))
    return out if len(out) > 1 else []


def _plurals(doc: Doc, people: Sequence[Range], taken: Collection[int], gazetteer: Gazetteer) -> Iterator[Range]:
    """Find the offices in the plural that a list of names follows."""
    for token in doc:
        if token.tag_ not in ("NNS", "NNPS") or token.i in taken or not is_title(token.lemma_, gazetteer):
            continue
        if listed(doc, token.i + 1, people):
            yield _with_modifiers(doc, token.i, taken), token.i + 1


def is_title(form: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a form names an office or a rank."""
    title = gazetteer.title(form) or gazetteer.title(form[:1].upper() + form[1:])
    return title is not None and title.kind != "honorific"


def _before(doc: Doc, name: int, taken: Collection[int], gazetteer: Gazetteer) -> list[Range]:
    """Find the title right before a name, and one joined to it or before a rank: "Lt. Col. Rui Andrade", "Commander-in-Chief General Rui Andrade"."""
    likely = name and gazetteer.may_end_title(doc[name - 1].text)
    words = next((n for n in range(min(_LONGEST, name)) if not _is_word(doc[name - n - 1])), min(_LONGEST, name)) if likely else 0
    length = next((n for n in range(words, 0, -1) if doc[name - n].text[0].isalpha() and is_title(words_between(doc, name - n, name), gazetteer)), 0)
    own = [(_with_modifiers(doc, name - length, taken), name)] if length else []
    last = title_ending_at(doc, name, gazetteer)
    first = joined_title(doc, last.start, gazetteer) if last is not None else None
    ranked = title_ending_at(doc, own[0][0], gazetteer) if own and kind_of(doc[own[0][0] : name].text, gazetteer) == "rank" else None
    return [*own, *((title.start, title.end) for title in (first, ranked) if title is not None)]


def kind_of(form: str, gazetteer: Gazetteer) -> str | None:
    """Return what kind of title words are: office, rank or honorific; None if they are none."""
    title = gazetteer.title(form)
    return title.kind if title else None


def _with_modifiers(doc: Doc, start: int, taken: Collection[int]) -> int:
    """Go left over what the title is for, or of which grade: "External Affairs", "deputy"."""
    while start and start - 1 not in taken:
        if start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_ and start - 2 not in taken:
            start -= 2  # "under-secretary"
        elif _is_part(doc[start - 1], doc[start]) or (doc[start - 1].lower_ == "under" and doc[start].lower_ == "secretary"):
            start -= 1
        else:
            break
    return start


def _is_word(token: Token) -> bool:
    return token.text[0].isalpha() or token.text in (".", "-")


def _is_part(token: Token, following: Token) -> bool:
    if token.dep_ not in _MODIFYING or token.head.i <= token.i or token.sent.start != following.sent.start:
        return False
    if token.text in _CAMPS or (token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in _LEANING):
        return False  # "pro-European councillors"
    graded = token.pos_ == "ADJ" and (token.lower_ in _RANKED or (token.is_title and following.is_title and not _is_no_grade(token)))
    return token.pos_ in ("NOUN", "PROPN") or graded or token.lower_ in ("commanding", "managing")


def _is_no_grade(adjective: Token) -> bool:
    """Tell whether a capital before a title is no part of it: of a nationality, at the start of a sentence, or "Former", "New"."""
    return bool(adjective.ent_type_) or bool(adjective.is_sent_start) or adjective.lower_ in _NO_GRADES


def _role_nouns(doc: Doc, start: int, end: int) -> Iterator[Token]:
    """Yield the nouns that a person is called beside the name: "a spokeswoman, Carla Voss", "Voss, the minister", "Voss is minister"."""
    root = doc[start:end].root
    heads = [c for c in root.children if c.dep_ in _BESIDE]
    heads += [root.head] if root.dep_ in _BESIDE else []
    heads += [h.head for h in heads if h.dep_ in _BESIDE and h.i < start and h.head.i < h.i and h.head.pos_ == "NOUN"]  # "its head, the diplomat Ana Lind"
    heads += [c for h in heads for c in h.children if c.dep_ == "conj" and c.i > end]  # "Ana Lind, envoy to Mali and head of the mission"
    heads += [c for c in root.children if c.dep_ == "acl:relcl" and has_copula(c) and any(g.lower_ == "who" and g.dep_ == "nsubj" for g in c.children)]
    named = root.head if root.dep_ == "appos" else root  # "his wife, Ana Lind, is mayor"
    heads += [named.head] if named.dep_ == "nsubj" and has_copula(named.head) else []
    named = named if named.i < start else root
    heads += [c for verb in _serving(named) for c in verb.children if c.dep_ == "obl" and case_of(c) == "as"]
    heads += [c for c in root.children if c.dep_ == "nmod" and case_of(c) == "as"]  # "named Ana Lind as the new chief"
    heads += [c for c in named.head.children if named.dep_ in _NAMED and named.head.lemma_ in _NAME and c.dep_ == "xcomp" and c.i >= end]
    appointing = root.dep_ in ("nmod", "nmod:poss") and root.head.lemma_.lower() in _APPOINTING
    heads += [c for c in root.head.children if appointing and c.dep_ in ("nmod", "appos", "nmod:desc") and case_of(c) == "as"]
    yield from (h for h in heads if not start <= h.i < end and h.tag_ in ("NN", "NNP"))


def _serving(root: Token) -> list[Token]:
    """Return the verbs that say as what a person serves, the second of two included, or as what they are dismissed: "lives in Oslo and serves as"."""
    verb = root.head
    if root.dep_ == "obj" or (root.dep_ == "nsubj:pass" and verb.lemma_ in _DISMISS):
        return [verb] if verb.lemma_ in _DISMISS | _NAME else []
    verbs = [verb, *(c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and not any(g.dep_ in _HOLDING for g in c.children))]
    return [v for v in verbs if v.lemma_ in _SERVE] if root.dep_ in _HOLDING else []


def _described(doc: Doc, head: Token, taken: Collection[int], gazetteer: Gazetteer) -> Range | None:
    """Read a role noun as a title if it is one: with what it is for before it, and behind it where that is written as a name."""
    plain = head.is_lower or any(c.dep_ == "nmod" and c.i > head.i for c in head.children)  # "the Chief of the Defence Force"
    written = is_title(words_between(doc, head.i, head.i + 2), gazetteer)  # "chargé d'affaires"
    if not (written or is_title(head.text, gazetteer) or (plain and head.lower_ in _ROLES)):
        return None
    start, end = _with_modifiers(doc, head.i, taken), head.i + 1 + (written and head.i + 1 < len(doc) and doc[head.i + 1].text[0].isalpha())
    while end < len(doc) and doc[end].dep_ == "flat" and end not in taken:
        end += 1
    return start, _with_complement(doc, end, taken)


def _with_complement(doc: Doc, end: int, taken: Collection[int]) -> int:
    """Go right over a portfolio: "Minister of the Armed Forces", "High Commissioner for Human Rights"; not over a body that is named there."""
    if not doc[end - 1].is_title or end + 1 >= len(doc) or doc[end].lower_ not in _OF:
        return end
    stop = end + 1 + (doc[end + 1].lower_ == "the")
    first = stop
    while stop < len(doc) and stop not in taken and doc[stop].is_title and doc[stop].pos_ in ("PROPN", "NOUN", "ADJ"):
        stop += 1
    return stop if stop > first and stop not in taken else end
