"""Repairs of the parse around names: what the names, and the titles that stand at them, show to hang in the wrong place.

The repairs of `language` see labels only; these know which words are the name of a person and which an office.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import words_between
from graphbuild.language.repairs.moves import hang
from graphbuild.speech import SAY
from graphbuild.timewords import MONTHS

_PHRASE = ("nmod:desc", "flat", "compound", "appos")
_WITHIN = (*_PHRASE, "nmod", "amod")
_SUBJECTS = ("nsubj", "nsubj:pass")
_FINITE = ("VBD", "VBZ", "VBP")
_OF = ("of", "for", "to", "at")
_SPOKEN = frozenset("accuse blame condemn criticise criticize denounce urge call demand reject dismiss threaten praise thank welcome invite".split())
"""Verbs of what a speaker does in speaking, beside those of saying."""
_NAMING = frozenset("call become remain be seem say".split())
"""Verbs whose complement may be a name."""
_INSTALLING = frozenset("appoint elect name reappoint reelect re-elect".split())
"""Verbs that take person and office as they stand."""
_DESCRIBED = ("Person", "Company", "Organization", "MediaOrganization", "ArmedGroup", "PoliticalParty", "Vehicle")
"""Classes of names that stand right behind a noun for what they are."""
_WITH_ORIGIN = 3
"""Words of the shortest name with a given name and a word for a people before it."""
_AGE = 4
"""An age has fewer digits."""
_LONGEST_TITLE = 5
_LONGEST_COMPLEMENT = 12
_LONGEST_OFFICE = 18
"""An office with its country, before a comma."""


def mend_phrases(doc: Doc, gazetteer: Gazetteer) -> None:
    """Mend the tree of a Doc in place, in text order."""
    for first in countries_sharing_head(doc, gazetteer):
        _coordinate(doc[first], doc[first + 1], doc[first + 2], doc[first + 3])
    names = [span for span in doc.spans.get("mentions", ()) if span._.form == "name"]
    people = [span for span in names if span.label_ == "Person"]
    roots = {span.root.i for span in people}
    _mend_labelled(
        doc,
        (("nmod", *_PHRASE), _mend_torn),
        (("nsubj",), _mend_first_subject),
        (("nsubj:pass",), partial(_mend_false_passive, people=roots)),
        (("acl:relcl",), _mend_reduced),
        (("compound", "parataxis", *_SUBJECTS), _mend_renaming),
        (("obl", "obl:unmarked"), _mend_date),
        (("obl",), _mend_together),
        (("appos",), _mend_whose),
        (("nmod:poss",), _mend_her),
        (("conj",), _mend_outer_verb),
        (("conj",), _mend_listed_country),
        (("conj",), _mend_unjoined),
        (("conj",), _mend_second_of_relative),
        (("nmod:poss",), _mend_possessor),
        (("compound", "flat"), _mend_of),
        (("nmod:desc", "flat", "compound"), _mend_led_phrase),
        (("obj",), _mend_subject),
        (("advcl",), _mend_list_of_verbs),
    )
    for name in names:
        _mend_parted(name)
        _mend_title(name, gazetteer)
        if name.label_ in _DESCRIBED:
            _mend_noun_before(name)
    titled: set[int] = set()
    homes = {span.start: span for span in names if span.label_ in ("City", "Region", "Country", "Place")}
    for name in people:
        _mend_origin(name, gazetteer)
        _mend_run_on(name, roots)
        _mend_aged(name, homes)
        _mend_honorific(name, gazetteer)
        _mend_office_of(name, gazetteer)
    for listed in _lists_of_people(doc, people, gazetteer):
        _mend_list_of_people([_without_respect(name, gazetteer) for name in listed])
    for name in people:
        _mend_joined_titles(name, gazetteer)
        _mend_installed(name, gazetteer)
        _mend_complement(name)
        _mend_titled(name, titled, people, gazetteer)
    _mend_labelled(doc, (("appos",), _mend_second_of_list), (("obl", "obl:unmarked", "dep"), _mend_object))


@lru_cache(maxsize=2)
def countries_sharing_head(doc: Doc, gazetteer: Gazetteer) -> tuple[int, ...]:
    """Return where two countries that share the last word of their names begin: "North and South Korea"."""
    found = []
    for joint in doc[1:-2]:
        if joint.lower_ != "and":
            continue
        first, second, last = joint.nbor(-1), joint.nbor(), joint.nbor(2)
        if not (first.is_title and second.is_title and last.is_title) or gazetteer.country(first.text) is not None:
            continue
        if all(gazetteer.country(f"{word.text} {last.text}") for word in (first, second)):
            found.append(first.i)
    return tuple(found)


def _coordinate(first: Token, joint: Token, second: Token, last: Token) -> None:
    """Make two names with one last word a coordination, whose first takes the place of the whole."""
    if last not in (*first.ancestors,) or last.head.i == last.i:
        return
    hang(first, last.head, last.dep_)
    for word in [c for c in last.children if c.i < first.i]:
        hang(word, first)
    hang(last, first, "conj")
    hang(joint, last, "cc")
    hang(second, last, "compound")


def _mend_labelled(doc: Doc, *menders: tuple[tuple[str, ...], Callable[[Token], None]]) -> None:
    """Let each word, in text order, be mended by those that mend words of its label."""
    mendable = frozenset(label for labels, _ in menders for label in labels)
    for token in doc:
        label = token.dep_
        for labels, mend in menders if label in mendable else ():
            if label in labels:
                mend(token)
                label = token.dep_


def _mend_second_of_relative(token: Token) -> None:
    """Join to the verb of a relative clause the verb in its tense behind it: "was met by Lind, who lives in Oslo, and serves as consul"."""
    verb = token.head
    if token.tag_ not in ("VBZ", "VBP") or verb.tag_ not in ("VBD", "VBN") or verb.i > token.i or any(c.dep_ in _SUBJECTS for c in token.children):
        return
    inner = [t for t in token.doc[verb.i + 1 : token.i] if t.dep_ == "acl:relcl" and t.tag_ == token.tag_ and verb in t.ancestors]
    if inner:
        hang(token, inner[-1], "conj")


def _mend_unjoined(token: Token) -> None:
    """Hang on the verb what "with" leads in behind its object, and nothing joins to that: "replaced Colonel Lind with Major Berg"."""
    first, verb = token.head, token.head.head
    if first.dep_ != "obj" or verb.pos_ != "VERB" or first.i > token.i or any(c.dep_ == "case" for c in first.children):
        return
    led = any(c.dep_ == "case" and c.lower_ == "with" for c in token.children)
    if led and not any(t.lower_ in ("and", "or", ",", "&", "together", "along") for t in token.doc[first.i : token.i]):
        hang(token, verb, "obl")


def _mend_torn(token: Token) -> None:
    """Read what was hung on a name behind a finite verb without subject as that subject: "the minister, Ana Lind, spoke to Rui Andrade"."""
    name = token.head
    bare = token.dep_ == "nmod" and not any(c.dep_ == "case" for c in token.children)
    if not (bare or token.dep_ in _PHRASE) or name.i < token.i or token.pos_ not in ("NOUN", "PROPN"):
        return
    verb = next((t for t in token.doc[token.i + 1 : name.i] if t.tag_ in _FINITE and t.pos_ == "VERB" and t in name.ancestors), None)
    if verb is None or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    for other in [c for c in name.children if token.i < c.i < verb.i]:
        hang(other, token)
    hang(token, verb, "nsubj")


def _mend_parted(name: Span) -> None:
    """Make one name of two words that are read as two subjects or items of a list: "Burkina Faso, Mali and Niger announced"."""
    first, last = name[0], name[-1]
    apart = len(name) == 2 and first.dep_ in (*_SUBJECTS, "conj", "obj", "nmod", "obl") and first.head.i not in (first.i, last.i)
    if apart and last.dep_ in (*_SUBJECTS, "conj", "obj", "nmod", "obl", "appos") and last.head.i not in (first.i, last.i) and last.tag_.startswith("NNP"):
        for child in [c for c in first.children if c.i < first.i or c.dep_ == "conj"]:
            hang(child, last)
        hang(first, last, "compound")


def _mend_title(name: Span, gazetteer: Gazetteer) -> None:
    """Hang a title on the name right behind it, not on one further on: "Prime Minister Lind's call with President Novak"."""
    title = title_ending_at(name.doc, name.start, gazetteer) if name.start and name.label_ != "Country" else None
    if title is None or title.root.dep_ not in ("nmod:desc", "compound", "flat"):
        return
    above = title.root.head.i
    behind_verb = above < title.start and any(t.tag_ in _FINITE for t in name.doc[above : title.start])  # "Lind hosted Foreign Minister Novak"
    if above < name.end and not behind_verb:
        return
    if name.root.pos_ == "PROPN" and title.root not in name.root.ancestors:
        hang(title.root, name.root)


def _mend_honorific(name: Span, gazetteer: Gazetteer) -> None:
    """Give a name the place of the title of respect before it that was read as its head: "met H.E. Budi Santoso"."""
    first = name.start

    def respectful(i: int) -> bool:
        known = gazetteer.title(name.doc[i].text) if name.doc[i].is_title or name.doc[i].is_upper else None
        return known is not None and known.kind == "honorific"

    while first < name.end - 1 and respectful(first):
        first += 1
    title = name.doc[first - 1] if first else name[0]
    own = name.doc[first]
    if not first or not respectful(first - 1) or own.head.i != title.i or own.dep_ not in ("flat", "appos"):
        return
    hang(own, *((own, "ROOT") if title.head.i == title.i else (title.head, title.dep_)))
    for word in [c for c in title.children if c.i != own.i and not (c.dep_ == "punct" and c.i == title.i + 1)]:
        hang(word, own)
    hang(title, own, "nmod:desc")


def _mend_office_of(name: Span, gazetteer: Gazetteer) -> None:
    """Make a name the head of its office and the country between the two: "spoke with President of China Xu Jiping"."""
    doc, of = name.doc, name.start - 1
    while of > 0 and name.start - of < _LONGEST_TITLE and doc[of].lower_ != "of":
        of -= 1
    place = doc[of + 1 + (doc[of + 1].lower_ == "the") : name.start] if of > 0 and of + 1 < name.start else None
    known = bool(place) and not any(t.is_punct for t in place) and gazetteer.country(place.text) is not None  # type: ignore[union-attr]
    title = title_ending_at(doc, of, gazetteer) if known else None
    if title is None or place is None or (title.start != title.root.left_edge.i and title.root.left_edge.i < title.start - 2):
        return
    whole = doc[title.start : name.end]
    above = next((t for t in (name.root, title.root, place.root) if t.head.i < whole.start or t.head.i >= whole.end), None)
    preposition = doc[title.start - 1] if title.start and doc[title.start - 1].pos_ == "ADP" else None
    if above is None:
        return
    label = above.dep_ if preposition is None else "nmod" if above.head.pos_ in ("NOUN", "PROPN") else "obl"
    hang(name.root, above.head, label)
    hang(title.root, name.root, "nmod:desc")
    hang(place.root, title.root, "nmod")
    hang(doc[of], place.root, "case")
    if preposition is not None:
        hang(preposition, name.root, "case")


def _lists_of_people(doc: Doc, people: list[Span], gazetteer: Gazetteer) -> Iterator[list[Span]]:
    """Yield three or more people listed up to "and", of whom at least one but the first has a title: "President Cruz, Prime Minister Berg and Ana Lind"."""
    listed: list[Span] = []
    for one, other in pairwise(people):
        joint = _joint(doc[one.end : other.start], gazetteer)
        if not joint:
            listed = []
            continue
        listed = [*listed, other] if listed else [one, other]
        if joint == "and":
            if len(listed) == 2 and other.root.dep_ in ("flat", "compound") and other.root.head in list(one) and other.start - one.end > 1:
                yield listed  # "with Japanese Minister Ana Lind and Republic of Korea Minister Park Jin"
            if len(listed) > 2 and any(len([t for t in doc[a.end : b.start] if t.text != "," and t.lower_ != "and"]) for a, b in pairwise(listed)):
                yield listed
            listed = []


def _joint(between: Span, gazetteer: Gazetteer) -> str:
    """Return what joins two names of a list, before the title of the second: "," or "and"; nothing where other words stand between."""
    words = _behind_complement(list(between))
    joint = ""
    while words and (words[0].text == "," or words[0].lower_ == "and") and joint != "and":
        joint = words.pop(0).lower_
    if (comma := _comma_behind_office(words, gazetteer)) is not None:
        words = words[:comma]  # "the Minister for Foreign Affairs of Japan, H.E. Ms."
        return joint if len(words) <= _LONGEST_OFFICE and _is_plain(words) and len({t.sent.start for t in between}) < 2 else ""
    titled = not words or title_ending_at(between.doc, _before_respect(between, gazetteer), gazetteer) is not None
    return joint if titled and _is_plain(words) and len(words) <= _LONGEST_COMPLEMENT and len({t.sent.start for t in between}) < 2 else ""


def _behind_complement(words: list[Token]) -> list[Token]:
    """Drop what an office is of behind its holder: "of Senegal" of "President Omar Diallo of Senegal, President Ana Lind"."""
    if len(words) < 3 or words[0].lower_ != "of":
        return words
    end = next((i for i, t in enumerate(words) if i and not (t.is_title or t.lower_ in ("the", "of"))), len(words))
    return words[end:] if end > 1 else words


def _is_plain(words: list[Token]) -> bool:
    """Tell whether words are those of titles and of what they are for."""
    return all(t.is_title or t.is_upper or t.lower_ in ("of", "for", "the", "and") or t.text in (".", "-", "'s", "’s") for t in words)


def _comma_behind_office(words: list[Token], gazetteer: Gazetteer) -> int | None:
    """Find the comma between an office that is written out and who holds it, titles of respect aside: "the Minister for Foreign Affairs of Japan, H.E. Ms."."""
    commas = [i for i, t in enumerate(words) if t.text == ","]
    if len(commas) != 1 or not words or words[0].lower_ != "the" or not any(t.lower_ == "of" for t in words):
        return None
    office = any(known.kind != "honorific" for t in words[1:4] if (known := gazetteer.title(t.text)) is not None)
    respect = all(t.is_title or t.is_upper or t.text in (".", "the") for t in words[commas[0] + 1 :])
    return commas[0] if office and respect and len(words) - commas[0] <= _LONGEST_TITLE else None


def _before_respect(between: Span, gazetteer: Gazetteer) -> int:
    """Return where what stands before a name ends without titles of respect: "Adviser Shri", "Minister Dr."."""
    end = between.end
    while end > between.start and (known := gazetteer.title(between.doc[end - 1].text)) is not None and known.kind == "honorific":
        end -= 1
    return end


def _without_respect(name: Span, gazetteer: Gazetteer) -> Span:
    """Cut titles of respect off the front of a name, and hang them and its other words on its first: "H.E. Ms. KAMIKAWA Yoko"."""
    start = name.start
    while start < name.end - 1 and (known := gazetteer.title(name.doc[start].text)) is not None and known.kind == "honorific":
        start += 1
    own = name.doc[start : name.end]
    if start == name.start:
        return name
    if own.root.head.i in range(name.start, start):
        hang(own.root, name.root.head, name.root.dep_)
    for word in name.doc[name.start : name.end]:
        if word.i != own.root.i and word.head.i != own.root.i and (word.i < start or word.head.i not in range(start, name.end)):
            hang(word, own.root, "nmod:desc" if word.i < start else "flat")
    return own


def _mend_list_of_people(listed: list[Span]) -> None:
    """Coordinate people with titles who are listed: the second is no other name of the first, and each has the title before the own name."""
    first = listed[0].root
    later = {name.root.i for name in listed[1:]}
    for word in [t for t in first.doc[first.sent.start : listed[0].start] if t.head.i in later and t.pos_ in ("NOUN", "PROPN")]:
        hang(word, first, "nmod:desc")  # the title of the first, read as one of the last
    for before, name in pairwise(listed):
        root, doc = name.root, name.doc
        if root in first.ancestors:
            hang(first, root.head, root.dep_)
        hang(root, first, "conj")
        titles = _behind_complement(list(doc[before.end : name.start]))
        behind = titles[0].i if titles else name.start
        for word in (t for t in doc[before.end : behind] if t.pos_ in ("NOUN", "PROPN") and t.head.i not in range(before.end, behind)):
            hang(word, before.root, "nmod")  # what the one before is of, is none of the next
        between = doc[behind : name.start]
        for word in (t for t in between if t.pos_ in ("NOUN", "PROPN") and t.head.i not in range(between.start, between.end)):
            hang(word, root, "nmod:desc")
        for joint in (t for t in between if t.dep_ == "cc" and t.head.i not in range(between.start, between.end)):
            hang(joint, root, "cc")


def _mend_first_subject(token: Token) -> None:
    """Give a verb the subject before it that hangs, as one of two, on the verb coordinated with it: "Lind insulted our judges, so we expelled him"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "conj" or verb.pos_ != "VERB" or not token.i < verb.head.i < verb.i or verb.head.pos_ != "VERB":
        return
    second = any(c.dep_ == "nsubj" and verb.head.i < c.i < verb.i for c in verb.children)
    if second and not any(c.dep_ in _SUBJECTS for c in verb.head.children):
        hang(token, verb.head)


def _mend_false_passive(subject: Token, people: set[int]) -> None:
    """Read a verb without auxiliary, behind which a person stands without "by", as active: "A court on Tuesday sentenced Ana Lind"."""
    verb = subject.head
    if subject.dep_ == "nsubj:pass" and subject.i > verb.i and {c.dep_ for c in verb.children if c.i < verb.i} & {"nsubj"}:
        subject.dep_ = "obj"
    if subject.dep_ != "nsubj:pass" or subject.i > verb.i or verb.dep_ not in ("ROOT", "conj", "ccomp", "parataxis"):
        return
    if any(c.dep_ in ("aux", "aux:pass") for c in verb.children):
        return
    behind = (c for c in verb.children if c.i > verb.i and c.i in people and c.dep_ in ("obj", "obl:agent", "nsubj:pass", "nsubj", "xcomp"))
    person = next((c for c in behind if not any(g.dep_ == "case" for g in c.children)), None)
    if person is not None:
        subject.dep_, person.dep_ = "nsubj", "obj"


def _mend_reduced(verb: Token) -> None:
    """Read a participle without subject, auxiliary or relative pronoun as one, not as a clause: "the two men convicted by a court"."""
    if verb.dep_ == "acl:relcl" and verb.tag_ == "VBN" and not any(c.dep_ in (*_SUBJECTS, "aux", "aux:pass", "obj") or c.tag_[0] == "W" for c in verb.children):
        verb.dep_ = "acl"


def _mend_renaming(token: Token) -> None:
    """Read a noun between commas behind a noun as another name for it: "Lind, son of the poet, left", "her husband, the cellist Rui Andrade,"."""
    head = token.head
    if token.dep_ == "parataxis" and token.pos_ == "PROPN" and head.i < token.i and _is_bracketed(token):
        token.dep_ = "appos"  # "Ana Lind (Labour): Will he …?"
    if token.dep_ == "compound" and head.i < token.i and any(t.text == "," for t in token.doc[head.i : token.i]):
        token.dep_ = "appos"
    if token.dep_ not in _SUBJECTS or head.i < token.i or head.pos_ != "VERB" or any(c.dep_ in ("ccomp", "cop") for c in head.children):
        return
    words = [t.i for t in token.subtree if not t.is_punct]  # none where a quotation mark is read as the subject
    first = next((c for c in head.children if c.dep_ == token.dep_ and c.i < token.i), None) if words else None
    between = [t.text for t in token.doc[first.i : words[0]] if t not in first.subtree or t.text == ","] if first is not None else []
    if first is not None and first.pos_ in ("NOUN", "PROPN") and between == [","] and token.doc[words[-1] + 1].text == ",":
        hang(token, first, "appos")


def _is_bracketed(token: Token) -> bool:
    first = token.left_edge
    return first.text == "(" or (first.i > 0 and first.nbor(-1).text == "(")


def _mend_together(token: Token) -> None:
    """Read whom "together with" adds to an object as one more object: "charged Lind together with her driver"."""
    first = token.left_edge
    added = first.lower_ == "with" and first.i and first.nbor(-1).lower_ in ("together", "along")
    done = next((c for c in token.head.children if c.dep_ == "obj" and c.i < first.i and c.pos_ != "NOUN"), None) if added else None
    if done is not None:
        hang(token, done, "conj")


def _mend_date(token: Token) -> None:
    """Give a participle behind a name the date that ends its phrase before a comma: "Lind, born in Faro in 1988, had studied law"."""
    if token.dep_ not in ("obl", "obl:unmarked") or token.head.i < token.i or not _is_date(token):
        return
    after = token.doc[min(token.right_edge.i + 1, len(token.doc) - 1)]
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else token
    participle = before
    while participle.head.i < participle.i and participle.dep_ in (*_WITHIN, "obl", "nmod", "nummod"):
        participle = participle.head
    if after.text == "," and participle.tag_ == "VBN" and participle.dep_ == "acl" and token not in participle.ancestors:
        hang(token, participle)


def _is_date(token: Token) -> bool:
    return (token.pos_ == "NUM" and len(token) == 4) or (token.is_title and token.lower_[:3] in MONTHS)


def _mend_whose(token: Token) -> None:
    """Read what "whose" leads in as the subject of its clause: "Lind, whose husband works for the council"."""
    led = any(c.lower_ == "whose" for c in token.children)
    verb = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ == "VERB"), None) if led and token.dep_ == "appos" else None
    if verb is not None and verb.dep_ == "acl:relcl" and verb.head.i == token.head.i and not any(c.dep_ in _SUBJECTS for c in verb.children):
        hang(token, verb, "nsubj")


def _mend_listed_country(country: Token) -> None:
    """Join a country with the one before it, not with those who come from both: "ministers from Oman, Qatar and Iran"."""
    noun = country.head
    before = [c for c in noun.children if c.dep_ == "nmod" and noun.i < c.i < country.i and c.ent_type_ == "Country"]
    if before and noun.tag_ == "NNS" and noun.i < country.i and country.ent_type_ == "Country":
        hang(country, before[-1], "conj")


def _mend_her(token: Token) -> None:
    """Read "her" between a verb and what it makes her as its object: "appointed her ambassador"."""
    noun = token.head
    verb = token.doc[token.i - 1] if token.i else token
    if token.lower_ == "her" and token.dep_ == "nmod:poss" and noun.dep_ == "xcomp" and noun.head.i == verb.i and noun.i == token.i + 1:
        hang(token, verb, "obj")
        token.tag_ = "PRP"


def _mend_outer_verb(token: Token) -> None:
    """Coordinate a verb of saying with that before it, not with the perfect that this tells: "denied that they had fired and accused".

    Any other verb goes on with what is told, but behind a comma: "said they had crossed the border and killed two".
    """
    told = token.head
    if token.dep_ != "conj" or token.tag_ != "VBD" or told.tag_ != "VBN" or told.dep_ != "ccomp" or told.head.tag_ != "VBD" or told.head.i > told.i:
        return
    own = any(c.dep_ in (*_SUBJECTS, "aux") for c in token.children)
    joined = next((c for c in token.children if c.dep_ == "cc" and c.i < token.i), None)
    outer = token.lemma_.lower() in SAY | _SPOKEN or (joined is not None and joined.i > 0 and joined.nbor(-1).text == ",")
    if outer and not own and any(c.dep_ == "aux" and c.lemma_ == "have" for c in told.children):
        hang(token, told.head)


def _mend_possessor(token: Token) -> None:
    """Hang a possessor on the noun behind it, never on one before: "a venture with Japan's Marubeni"."""
    if token.dep_ != "nmod:poss" or token.head.i > token.i:
        return
    after = next((c.i + 1 for c in token.children if c.tag_ == "POS"), None)
    if after is None or after >= len(token.doc) or token.doc[after].sent.start != token.sent.start:
        return
    noun = token.doc[after]
    while noun.head.i > noun.i and noun.dep_ in (*_WITHIN, "nummod", "nmod:poss"):
        noun = noun.head
    if noun.pos_ in ("NOUN", "PROPN") and token not in noun.ancestors:
        hang(token, noun)


def _mend_of(token: Token) -> None:
    """Read what "of" leads in behind a noun as its complement, not as a part of the noun: "secretary-general of the Association"."""
    led = any(c.dep_ == "case" and c.lower_ == "of" and token.head.i < c.i < token.i for c in token.children)
    if token.dep_ in ("compound", "flat") and led:
        token.dep_ = "nmod"


def _mend_led_phrase(token: Token) -> None:
    """Hang a phrase with a preposition of its own on what stands before that: "was received by the commander" is no title of a name further up."""
    preposition = next((c for c in token.children if c.dep_ == "case" and c.pos_ == "ADP"), None)
    if token.dep_ not in ("nmod:desc", "flat", "compound") or token.head.i > token.i or preposition is None or not token.head.i < preposition.i < token.i:
        return
    before = token.doc[preposition.i - 1]
    if before.pos_ == "VERB" and token not in before.ancestors:
        hang(token, before, "obl:agent" if preposition.lower_ == "by" and before.tag_ == "VBN" else "obl")


def _mend_subject(token: Token) -> None:
    """Read an object before a verb that lacks a subject, and has an object behind it, as the subject: "Luzon Corp. on Tuesday appointed Tan"."""
    verb = token.head
    if token.dep_ != "obj" or token.i > verb.i or verb.pos_ != "VERB" or verb.tag_ not in (*_FINITE, "VBN") or token.pos_ not in ("NOUN", "PROPN"):
        return
    labels = {c.dep_ for c in verb.children}
    followed = any(c.i > verb.i and c.dep_ in ("obj", "xcomp", "ccomp", "iobj") for c in verb.children)
    apart = any(t.tag_ in ("WP", "WDT", "WRB", "WP$") for t in token.subtree) or any(t.pos_ in ("VERB", "AUX") for t in token.doc[token.i : verb.i])
    if followed and not apart and verb.dep_ in ("ROOT", "conj", "ccomp") and not labels & {*_SUBJECTS, "aux:pass", "aux"}:
        token.dep_ = "nsubj"


def _mend_list_of_verbs(token: Token) -> None:
    """Read the second of three verbs as one of a list: "laid a wreath, met the president, and visited a school"."""
    verb = token.head
    if token.dep_ != "advcl" or token.tag_ not in _FINITE or verb.i > token.i or verb.tag_ != token.tag_ or token.doc[token.i - 1].text != ",":
        return
    own = {c.dep_ for c in token.children}
    third = any(c.dep_ == "conj" and c.i > token.i and c.tag_ == token.tag_ and any(g.dep_ == "cc" for g in c.children) for c in verb.children)
    if third and not own & {*_SUBJECTS, "mark"}:
        token.dep_ = "conj"


def _mend_second_of_list(token: Token) -> None:
    """Read what "and" leads in as one of a list, not as another name: "received by the commander, Ana Lind, and the chief, Rui Andrade"."""
    joined = next((c for c in token.children if c.dep_ == "cc" and c.i < token.i and c.lower_ == "and"), None)
    if token.dep_ != "appos" or joined is None or not joined.i:
        return
    first = token.doc[joined.i - (2 if token.doc[joined.i - 1].text == "," else 1)]
    while first.dep_ in _WITHIN and first.head.i < first.i:
        first = first.head
    if first.pos_ in ("NOUN", "PROPN") and first.i not in (token.i, token.head.i) and token not in first.ancestors and first.i < joined.i:
        hang(token, first, "conj")


def _mend_object(token: Token) -> None:
    """Give a verb without object the noun phrase right behind it that hangs, without a preposition, on a verb further up."""
    if token.dep_ not in ("obl", "obl:unmarked", "dep") or token.pos_ not in ("NOUN", "PROPN") or any(c.dep_ in ("case", "nummod") for c in token.children):
        return
    start = token.left_edge.i
    verb = token.doc[start - 1] if start else token
    if verb.pos_ != "VERB" or verb.i <= token.head.i or token.head.pos_ != "VERB" or verb.tag_ not in (*_FINITE, "VB") or verb.sent.start != token.sent.start:
        return
    determined = token.doc[start].dep_ == "det"
    if determined and not any(c.dep_ in ("obj", "ccomp", "xcomp", "aux:pass") for c in verb.children) and token not in verb.ancestors:
        hang(token, verb, "obj")


def _mend_installed(name: Span, gazetteer: Gazetteer) -> None:
    """Part a person and the office that a verb puts them into, read as one phrase: "elected Ana Lind mayor of Faro"."""
    root = name.root
    office = root.head if root.dep_ == "compound" else next((c for c in root.children if c.dep_ == "list"), root)
    verb = office.head if root.dep_ == "compound" else root.head
    words = name.doc[name.end : max(name.end, office.i + 1)]
    follows = 0 < len(words) <= _LONGEST_TITLE and all(t.pos_ in ("NOUN", "ADJ") and t.is_lower for t in words)
    if not follows or verb.lemma_ not in _INSTALLING or verb.i >= name.start or {root.dep_, office.dep_}.isdisjoint(("xcomp", "obj")):
        return
    known = (gazetteer.title(form[:1].upper() + form[1:]) for form in (office.text, words.text))
    if any(c.i < name.start for c in office.children) or not any(known):
        return
    hang(office, verb, "xcomp")
    hang(root, verb, "obj")
    if not any(c.dep_ == "aux:pass" for c in verb.children):
        for subject in [c for c in verb.children if c.dep_ == "nsubj:pass"]:
            subject.dep_ = "nsubj"


def _mend_complement(name: Span) -> None:
    """Read the person whom a verb takes as its complement as its object: "named Colonel Rui Andrade in his place"."""
    root = name.root
    verb = root.head
    active = verb.pos_ == "VERB" and verb.dep_ in ("ROOT", "conj", "ccomp", "xcomp", "advcl", "acl:relcl") and verb.lemma_ not in _NAMING and verb.i < root.i
    if root.dep_ == "xcomp" and active and not any(c.dep_ in ("obj", "iobj", "nsubj:pass", "aux:pass") for c in verb.children):
        root.dep_ = "obj"


def _mend_noun_before(name: Span) -> None:
    """Take a name right behind a noun that says what it is for that noun's other name: "works for the shipbuilder Boustead"."""
    root = name.root
    noun = name.doc[name.start - 1] if name.start else root
    described = noun.tag_ == "NN" and any(c.dep_ in ("det", "nmod:poss") for c in noun.children) and noun.dep_ in ("obl", "nmod", "obl:agent", "obj", "nsubj")
    if described and noun.head.i == root.head.i and root.dep_ in ("obj", "obl", "obl:unmarked", "dep", "xcomp"):
        hang(root, noun, "appos")


def _mend_origin(name: Span, gazetteer: Gazetteer) -> None:
    """Make a name the head of the word before it that says where its bearer is from: "the Briton Ana Lind left"."""
    inside = len(name) >= _WITH_ORIGIN and name.root.i == name.start and is_one_of_people(name[0], gazetteer)
    word, given = (name[0], name[1]) if inside else (name.doc[max(0, name.start - 1)], name.root)
    if word.i >= given.i or not is_one_of_people(word, gazetteer):
        return
    if given.head.i == word.i:
        children = [c for c in word.children if c.i != given.i]
        hang(given, *((given, "ROOT") if word.head.i == word.i else (word.head, word.dep_)))
        for child in children:
            hang(child, given)
    if word not in given.ancestors:
        hang(word, given, "nmod:desc")


def is_one_of_people(word: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether a word says only of which country a man or woman is, and is no given name: "Briton", "Englishman", not "Israel", "Finn"."""
    demonym = gazetteer.demonym_of(word.text)
    told = word.i > 0 and word.nbor(-1).lower_ in ("the", ",", "a")
    return demonym is not None and demonym.noun and not demonym.plural and not demonym.adjective and (gazetteer.gender(word.text) is None or told)


def _mend_run_on(name: Span, people: set[int]) -> None:
    """Part two names that were read as one across what stands between: "Sgt. Ana Lind, 32, of Helena, and Spc. Rui Lima"."""
    root, last = name.root, name.root.head
    if root.dep_ != "flat" or last.i < name.end or last.i not in people or not any(t.lower_ == "and" for t in name.doc[name.end : last.i]):
        return
    for child in [c for c in last.children if c.i < name.end and c.i != root.i]:
        hang(child, root)
    hang(root, *((root, "ROOT") if last.head.i == last.i else (last.head, last.dep_)))
    hang(last, root, "conj")


def _mend_aged(name: Span, homes: dict[int, Span]) -> None:
    """Hang age and home on the name that they stand behind: "Ana Lind, 32, of Helena, Montana, died at …"."""
    doc, end = name.doc, name.end
    if end + 4 >= len(doc) or [doc[end].text, doc[end + 2].text, doc[end + 3].lower_] != [",", ",", "of"] or not doc[end + 1].like_num:
        return
    home = homes.get(end + 4)
    if home is not None and len(doc[end + 1]) < _AGE:
        hang(doc[end + 1], name.root, "nmod:unmarked")
        hang(home.root, name.root, "nmod")
        hang(doc[end + 3], home.root, "case")


def _mend_joined_titles(name: Span, gazetteer: Gazetteer) -> None:
    """Take two offices without an article for those of one person: "with Qatari Prime Minister and Foreign Minister Al Thani"."""
    second = title_ending_at(name.doc, name.start, gazetteer)
    first = joined_title(name.doc, second.start, gazetteer) if second is not None else None
    root = name.root
    if first is None or first.root.dep_ in ("nmod:desc", "compound", "amod") or root.dep_ not in ("dep", "conj", "appos", "obj", "obl") or root.head.i > root.i:
        return
    if first.root.i != root.head.i and first.root.head.i != root.head.i:
        return
    hang(root, first.root, "appos")


def joined_title(doc: Doc, start: int, gazetteer: Gazetteer) -> Span | None:
    """Return the office that stands before "and" and another one, if no article makes it somebody else's."""
    if start < 2 or doc[start - 1].lower_ != "and":
        return None
    first = title_ending_at(doc, start - 1, gazetteer)
    return first if first is not None and first.start and doc[first.start - 1].pos_ != "DET" else None


def title_ending_at(doc: Doc, end: int, gazetteer: Gazetteer) -> Span | None:
    """Return the longest office or rank, its portfolio included, that ends right before a token: "Minister of Foreign Affairs"."""
    likely = end and gazetteer.may_end_title(doc[end - 1].text)
    for start in range(max(doc[end - 1].sent.start, end - _LONGEST_TITLE), end) if likely else ():
        title = gazetteer.title(words_between(doc, start, end)) if doc[start].is_alpha and doc[start].pos_ != "DET" else None
        if title is not None and title.kind != "honorific":
            return doc[start:end]
    for behind in range(end - 1, max(0, end + 1 - 2 * _LONGEST_TITLE), -1):
        if not (doc[behind].is_title or doc[behind].lower_ in ("and", "the")):
            return None
        if doc[behind - 1].lower_ == "of":
            return title_ending_at(doc, behind - 1, gazetteer)
    return None


def _mend_titled(name: Span, titled: set[int], people: list[Span], gazetteer: Gazetteer) -> None:
    """Hang a name between commas on the office before it: "the Minister of Defence of Latvia, Andris Kalve, and …"; the office takes its place."""
    root = name.root
    title = _title_before(name, people, titled, gazetteer)
    if title is None:
        return
    head = title.root
    if root.dep_ in _SUBJECTS and head.dep_ in _SUBJECTS and root.head.i == head.head.i:
        hang(head, root, "nmod:desc")  # "Minister for Africa, Ana Lind said"
        return
    if root.head.i == head.i:
        root.dep_ = "appos" if root.dep_ == "conj" else root.dep_
    elif head.head.i == root.i:
        hang(head, *((head, "ROOT") if root.head.i == root.i else (root.head, root.dep_)))
    elif (root.dep_ in _SUBJECTS and not _leave_to_next(name, head)) or head in root.subtree or root in head.ancestors:
        return
    if root.head.i != head.i:
        _take_preposition(root, head)
        hang(root, head, "appos")
        _join(root, head)
    titled.add(root.i)


def _take_preposition(root: Token, head: Token) -> None:
    """Give an office the preposition that stands before it and hangs on its holder: "spoke with the President of Korea, Yoon Suk-yeol"."""
    for preposition in [c for c in root.children if c.dep_ == "case" and c.i < head.i]:
        preposition.head, head.dep_ = head, root.dep_


def _leave_to_next(name: Span, head: Token) -> bool:
    """Make the office that follows a name, and was read as its apposition, the subject in its place: "of the President of X, A, the President of Y, B,"."""
    root = name.root
    verb = root.head
    renaming = [c for c in root.children if c.dep_ == "appos" and c.i > name.end]
    if not renaming or renaming[0].left_edge.i > name.end + 1 or head.head.i == verb.i:
        return False
    for other in renaming[1:]:
        hang(other, renaming[0])
    hang(renaming[0], verb, root.dep_)
    return True


def _join(root: Token, head: Token) -> None:
    """Make an office with "and" before it, which took the place of its holder, the second of a pair."""
    joined = next((c for parent in (root, head) for c in parent.children if c.dep_ == "cc" and c.i < head.i), None)
    if joined is None:
        return
    hang(joined, head)
    first = next((c for c in head.head.children if c.dep_ == head.dep_ and c.i < joined.i), None) if head.dep_ != "conj" else None
    if first is not None:
        hang(head, first, "conj")


def _title_before(name: Span, people: list[Span], titled: set[int], gazetteer: Gazetteer) -> Span | None:
    """Return the office with its complement that stands, with an article, before the comma before a name; None where it may be somebody else's."""
    doc = name.doc
    if name.start < 4 or doc[name.start - 1].text != "," or not _is_closed(doc, name.end):
        return None
    named = {t.i for person in people for t in person}
    first = name.sent.start
    for i in range(name.start - 2, max(first, name.start - _LONGEST_COMPLEMENT) - 1, -1):
        token = doc[i]
        if token.text in (",", ";", ":", "(", ")") or token.pos_ in ("VERB", "AUX") or i in named:
            return None
        if token.lower_ in _OF and i and (title := title_ending_at(doc, i, gazetteer)) is not None:
            start = title.start - 1
            if title.start > first and doc[start].lower_ != "the":
                return None
            before = doc[start - 2] if start > 1 and doc[start - 1].text == "," else None
            owner = next((p for p in people if before is not None and before.i in range(p.start, p.end)), None)
            return title if owner is None or owner.root.i in titled else None
    return None


def _is_closed(doc: Doc, end: int) -> bool:
    after = doc[end] if end < len(doc) else None
    return after is None or after.is_punct or after.is_space or after.pos_ in ("VERB", "AUX")
