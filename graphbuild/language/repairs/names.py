"""Repairs of how names hang: on titles, on what they rename, in lists."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import (
    CALENDAR,
    INVERTED,
    SAYING,
    SUBJECTS,
    Move,
    bounds_of,
    head_of_name,
    labelled,
    later_parts,
    preposition_of,
    subject_label,
    verb_before,
)

_OFFICES = frozenset("minister secretary president premier chancellor ambassador envoy representative spokesman spokeswoman spokesperson commissioner".split())
_CHILDREN = frozenset("son daughter child".split())


def unjoined(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names right behind the noun that says what they are, read as listed with it, with the noun: "the Japanese destroyer JS Akebono"."""
    for name in labelled(doc, "conj"):
        right_behind = name.pos_ == "PROPN" and name.head.tag_ == "NN" and name.left_edge.i == name.head.i + 1
        if right_behind and not any(c.dep_ in ("cc", "punct") for c in name.children):
            yield name, name.head


def renamed_subjects(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names between commas read as a second subject of the verb behind them, with the first, which they rename: "the envoy, Ana Lind, called"."""
    for name in labelled(doc, *SUBJECTS):
        if name.pos_ != "PROPN" or name.head.i < name.i:
            continue
        first, last = bounds_of(name)
        closed = first > 0 and doc[first - 1].text == "," and doc[min(last + 1, len(doc) - 1)].text == ","
        own = [c for c in name.head.children if c.dep_ == name.dep_ and c.i < first]
        if closed and own and own[-1].pos_ == "NOUN":
            yield name, own[-1]
        elif closed and not own and (noun := _noun_before(name)) is not None and _goes_on(name):
            yield name, noun


def _noun_before(name: Token) -> Token | None:
    """Return the singular noun that heads the phrase before a name after a comma, if it is the object of a verb."""
    first, _ = bounds_of(name)
    noun = name.doc[max(0, first - 2)]
    while noun.dep_ == "nmod" and noun.head.i < noun.i:
        noun = noun.head
    return noun if noun.tag_ == "NN" and noun.dep_ in ("obj", "iobj", "obl") and noun.head.i < noun.i and noun.lemma_.lower() not in CALENDAR else None


def _goes_on(name: Token) -> bool:
    """Tell whether a second verb of the clause before a name follows it: "rang the minister, Ana Lind, and thanked her"."""
    _, last = bounds_of(name)
    after = name.doc[last + 2] if last + 2 < len(name.doc) and name.doc[last + 1].text == "," else None
    return after is not None and after.pos_ == "CCONJ" and name.head.dep_ == "conj" and after.i < name.head.i


def titles_hung_back(doc: Doc) -> Iterator[Move]:
    """Hang an office that is read as the title of a name before the verb on that verb: "Josep Borrell held talks with the prime minister, Najib Mikati"."""
    for title in labelled(doc, "nmod:desc", "goeswith"):
        verb = next((t for t in reversed(doc[title.head.i : title.i]) if t.pos_ == "VERB"), None) if title.head.i < title.i else None
        if verb is None:
            continue
        holders = [title, *(c for c in title.children if c.dep_ == "appos")]
        preposition = next((c for t in holders for c in t.children if c.dep_ == "case" and verb.i < c.i < title.i), None)
        if preposition is not None:
            yield preposition, title, "case"
        yield title, verb, "obj" if preposition is None else "obl"


def speakers_apposed(doc: Doc) -> Iterator[Move]:
    """Make who is named between what is said and "said" its subject, not the last noun's other name: "… pains, his wife, Ana Lind, said"."""
    for told in labelled(doc, "ccomp"):
        verb = told.head
        if verb.i < told.i or verb.lemma_ not in SAYING or any(c.dep_ in SUBJECTS for c in verb.children):
            continue
        node = doc[verb.i - 1 - (doc[verb.i - 1].text == ",")]
        while node.dep_ in ("flat", "compound", "appos") and node.head.i > told.i and node.head.dep_ in ("flat", "compound", "appos"):
            node = node.head
        first = node.left_edge.i
        if node.dep_ == "appos" and told in node.ancestors and doc[first - 1].text == "," and first - 1 > told.i:
            yield node, verb, "nsubj"


def possessors_joined(doc: Doc) -> Iterator[Move]:
    """Hang possessors on what stands behind them, where each of two has something, too: "Argentina's Alberto Lind and Chile's Gabriel Berg"."""
    for owner in labelled(doc, "conj", *SUBJECTS):
        mark = next((c for c in owner.children if c.tag_ == "POS"), None)
        second = owner.dep_ == "conj" and owner.head.dep_ == "nmod:poss" and owner.head.i < owner.i
        if mark is None or mark.i + 1 >= owner.sent.end or not (second or owner.dep_ in SUBJECTS):
            continue
        noun = doc[mark.i + 1]
        while noun.head.i > noun.i and noun.dep_ in ("compound", "amod", "nmod:desc", "flat", "nummod"):
            noun = noun.head
        if noun.pos_ in ("NOUN", "PROPN") and ((noun != owner.head.head and noun.head.i < owner.i) if second else noun.head == owner.head):
            yield owner, noun, "nmod:poss"


def craft_named(doc: Doc) -> Iterator[Move]:
    """Make the name behind a word for what it is an apposition, as no modifier follows its noun: "the French frigate FS Provence left"."""
    for name in labelled(doc, "compound"):
        noun = name.head
        if noun.tag_ == "NN" and name.i == noun.i + 1 and name.pos_ == "PROPN":
            yield name, noun, "appos"


def owners_of_offices(doc: Doc) -> Iterator[Move]:
    """Make a name with "'s", read as a subject or object with what it owns beside it, a possessor: "Rosa Weber's foreign minister resigned"."""
    for mark in spelled(doc, ("'s", "’s", "'", "’")):
        owner = mark.head
        if mark.tag_ != "POS" or owner.pos_ != "PROPN" or mark.i < owner.i or owner.dep_ not in (*SUBJECTS, "obj", "obl", "obl:agent"):
            continue
        noun = next((c for c in owner.children if c.i > mark.i and c.dep_ in ("flat", "appos", "compound", "nmod")), None)
        if noun is None or noun.tag_ not in ("NN", "NNS") or any(t.is_punct for t in doc[mark.i : noun.i]):
            continue
        yield noun, owner.head, owner.dep_
        yield owner, noun, "nmod:poss"
        yield from ((c, noun, c.dep_) for c in owner.children if c.i > noun.i)


def titled_pairs(doc: Doc) -> Iterator[Move]:
    """Make the first of two names with titles the head of both, not his title: "Kenyan leader William Ruto and Ghanaian President John Mahama met"."""
    for second in labelled(doc, "appos", "conj"):
        joined = next((c for c in second.children if c.dep_ == "cc" and c.lower_ == "and" and c.i < second.i), None)
        title = second.head if second.dep_ == "appos" else second.head.head
        if joined is None or second.pos_ != "PROPN" or title.tag_ not in ("NN", "NNP") or title.i > second.i:
            continue
        if any(c.dep_ == "nmod:poss" for c in title.children):
            continue  # "Lima's brother Paulo and sister Eva"
        first = next((c for c in title.children if c.dep_ in ("appos", "flat") and c.pos_ == "PROPN" and title.i < c.i < joined.i), None)
        if first is None or bounds_of(first)[0] != title.i + 1 or second.head not in (title, first):
            continue
        if joined.i != max(t.i for t in first.subtree if t.i < joined.i) + 1:
            continue
        yield from _promoted(first, title)
        yield second, first, "conj"


def _promoted(name: Token, title: Token) -> Iterator[Move]:
    """Give a name the place of the title before it, with what leads it in."""
    yield name, title if title.head.i == title.i else title.head, title.dep_
    for word in [c for c in title.children if c.dep_ in ("case", "cc", "mark", "conj")]:
        yield word, name, word.dep_
    yield title, name, "nmod:desc"


def beneath_names(doc: Doc) -> Iterator[Move]:
    """Hang phrases and clauses that describe a name, and are hung on a later word of it, on its first: "Wong Kwok-kin of the union"."""
    for word in labelled(doc, "nmod", "acl:relcl", "acl", "appos"):
        name = word.head
        while name.dep_ == "flat" and name.head.i < name.i:
            name = name.head
        if name != word.head and word.i > word.head.i and name.pos_ == word.head.pos_ == "PROPN":
            yield word, name, word.dep_


def second_lists(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names behind a closed list read as its continuation, with the plural before the list that they rename.

    "The ministers of Oman and Qatar, Ana Lind and Tomas Novak, met": after "and Qatar" the list is over.
    """
    for name in labelled(doc, "conj"):
        first, _ = bounds_of(name)
        listed = name.head
        closed = [c for c in listed.children if c.dep_ == "conj" and c.i < name.i and any(g.dep_ == "cc" for g in c.children)]
        if name.pos_ != "PROPN" or first < 2 or doc[first - 1].text != "," or any(c.dep_ == "cc" for c in name.children):
            continue
        if not closed and not _is_closed(name, listed):
            continue
        if listed.dep_ == "nmod" and listed.head.tag_ == "NNS" and listed.head.i < listed.i:
            yield name, listed.head


def _is_closed(name: Token, listed: Token) -> bool:
    """Tell whether a pair of names after a comma is closed by another before the verb: "reporters of Radio Sava, Ana Lind and Tomas Novak, face"."""
    last = next((c for c in (*listed.children, *name.children) if c.dep_ == "conj" and c.i > name.i and any(g.dep_ == "cc" for g in c.children)), None)
    end = bounds_of(last)[1] + 2 if last is not None else len(name.doc)
    return last is not None and end < len(name.doc) and name.doc[end - 1].text == "," and name.doc[end].pos_ in ("VERB", "AUX")


def joined_later(doc: Doc) -> Iterator[Move]:
    """Move phrases that hang on the wrong one of two verbs: "held talks with Novak and spoke to reporters", "praised it and on Monday left"."""
    for phrase in labelled(doc, "obl", "obl:agent", "obl:unmarked", "obj"):
        verb = phrase.head
        if verb.dep_ == "conj" and verb.head.i < phrase.i < verb.i and verb.head.pos_ == "VERB":
            joined = next((c for c in verb.children if c.dep_ == "cc" and c.i > phrase.right_edge.i), None)
            if joined is not None and not any(c.dep_ in SUBJECTS and c.i < phrase.i for c in verb.children):
                yield phrase, verb.head, phrase.dep_
        elif verb.i < phrase.i and verb.pos_ == "VERB" and phrase.dep_ != "obj":
            for second in verb.children:
                joined = next((c for c in second.children if c.dep_ == "cc"), None) if second.dep_ == "conj" and second.pos_ == "VERB" else None
                if joined is not None and joined.i < phrase.left_edge.i and phrase.right_edge.i < second.i:
                    yield phrase, second, phrase.dep_


def envoys_to(doc: Doc) -> Iterator[Move]:
    """Make a name behind an office and the country of its post the head of both: "the U.S. ambassador to Iraq Douglas Silliman met …"."""
    for name in labelled(doc, "nmod"):
        office = name.head
        post = next((c for c in office.children if c.dep_ == "nmod" and c.right_edge.i == name.left_edge.i - 1 and preposition_of(c) is not None), None)
        envoy = office.lemma_.lower() in ("ambassador", "envoy", "representative", "consul", "commissioner", "coordinator")
        if post is None or not envoy or name.tag_ != "NNP" or preposition_of(name) is not None or name.left_edge.i <= office.i:
            continue
        yield name, office.head if office.head != office else name, office.dep_
        for child in [c for c in office.children if c.i > name.i and c != name]:
            listed = child.dep_ == "appos" and any(c.dep_ == "cc" for g in (child, *child.children) for c in g.children)
            yield child, name, "conj" if listed else child.dep_
        yield office, name, "nmod:desc"


def commanding(doc: Doc) -> Iterator[Move]:
    """Make "commanding general" behind a name the office that it is, where it is read as a clause: "Ana Lind, commanding general of the division"."""
    for participle in labelled(doc, "acl"):
        office = doc[participle.i + 1] if participle.i + 1 < len(doc) else participle
        if participle.lower_ == "commanding" and office.lower_ in ("general", "officer") and office.head == participle and office.dep_ == "obj":
            yield office, participle.head, "appos"
            yield participle, office, "amod"


def joined_subjects(doc: Doc) -> Iterator[Move]:
    """Make a name that is coordinated with a verb the subject of the verb right behind it: "Lind heads the bank and Novak heads the fund"."""
    for name in labelled(doc, "conj"):
        verb = next((c for c in name.head.children if c.dep_ == "conj" and c.i == bounds_of(name)[1] + 1), None)
        if verb is None or name.pos_ != "PROPN" or name.head.pos_ != "VERB" or any(c.dep_ in SUBJECTS for c in verb.children):
            continue
        yield from ((c, verb, "cc") for c in name.children if c.dep_ == "cc")
        yield name, verb, "nsubj"


def behind_fronted(doc: Doc) -> Iterator[Move]:
    """Make a name behind a fronted phrase that is read as another name in it the subject: "At the wish of President Lind, Prime Minister Berg left"."""
    for name in labelled(doc, "appos", "conj"):
        last = name.right_edge.i
        behind = doc[last + 1] if last + 1 < len(doc) else name
        verb = behind.head if behind.pos_ == "AUX" and behind.dep_ in ("aux", "aux:pass") else behind
        first = name.left_edge.i
        if name.pos_ != "PROPN" or verb.pos_ != "VERB" or name.i > verb.i or first < 2 or doc[first - 1].text != "," or name.head.i > first:
            continue
        fronted = next((c for c in verb.children if c.dep_ in ("obl", "obl:unmarked") and c.i < name.i and c.is_ancestor(name)), None)
        led = fronted is not None and fronted.left_edge.i == verb.sent.start
        finite = verb.tag_ in ("VBD", "VBZ", "VBP") or behind.i != verb.i
        if led and finite and not any(c.dep_ in SUBJECTS or c.dep_ == "cc" for c in (*verb.children, *(c for c in name.children if c.dep_ == "cc"))):
            yield name, verb, subject_label(verb)


def headline_pairs(doc: Doc) -> Iterator[Move]:
    """Coordinate two names that only a comma parts before a verb in the plural, as headlines do: "Oman, Iran sign gas deal"."""
    for verb in labelled(doc, "ROOT"):
        before = doc[verb.sent.start : verb.i]
        comma = next((t.i for t in before if t.text == ","), verb.i)
        own = verb.tag_ in ("VBP", "VB") and not any(c.dep_ in ("mark", "aux", "expl") for c in verb.children)
        if not own or comma in (verb.sent.start, verb.i, verb.i - 1) or any(t.pos_ != "PROPN" for t in before if t.i != comma):
            continue
        first, second = head_of_name(before[0]), head_of_name(doc[comma + 1])
        if first.i < comma < second.i < verb.i:
            yield first, verb, "nsubj"
            yield second, first, "conj"


def subjects_joined(doc: Doc) -> Iterator[Move]:
    """Make a name that is coordinated with an object the subject of the verb right behind it, which has none: "Oman frees Lind and Togo will free Berg"."""
    for name in labelled(doc, "conj"):
        taken = name.head
        if name.pos_ != "PROPN" or taken.dep_ != "obj" or taken.head.i > taken.i:
            continue
        end = max([name.i, *(c.i for c in later_parts(name))]) + 1
        behind = doc[end] if end < len(doc) else name
        verb = behind.head if behind.pos_ == "AUX" and behind.dep_ in ("aux", "aux:pass") else behind
        joined = verb.pos_ == "VERB" and verb.i >= behind.i and verb.dep_ == "conj" and (behind.pos_ == "AUX" or verb.tag_ in ("VBD", "VBZ", "VBP"))
        if joined and not any(c.dep_ in (*SUBJECTS, "cc") for c in verb.children):
            yield name, verb, subject_label(verb)
            yield from ((c, verb, "cc") for c in name.children if c.dep_ == "cc")


def subjects_renaming(doc: Doc) -> Iterator[Move]:
    """Make an office with its name behind a fronted phrase the subject of the verb behind both: "At the wish of the mayor, the minister, Ana Lind, left"."""
    for phrase in labelled(doc, "obl"):
        verb = phrase.head
        if verb.i < phrase.i or verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in (*SUBJECTS, "expl", "aux:pass") for c in verb.children):
            continue
        close = verb.i - 1
        if doc[close].text != "," or close <= phrase.i or verb.dep_ == "conj":
            continue
        renaming = [t for t in doc[phrase.i : close] if t.dep_ == "appos" and bounds_of(t)[1] == close - 1 and phrase in t.ancestors]
        office = next((t for t in renaming if any(c.lower_ == "the" for c in t.children) and doc[bounds_of(t)[0] - 1].text == ","), None)
        if office is not None and any(c.dep_ == "appos" for c in office.children):
            yield office, verb, "nsubj"


def described_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield nouns right before a name with its role, with the name that they describe: "the Kenyan citizen Ana Lind was shot"."""
    for noun in labelled(doc, *SUBJECTS):
        name = doc[noun.i + 1] if noun.i + 1 < len(doc) else noun
        if noun.tag_ == "NN" and name.tag_ == "NNP" and name.head == noun.head and name.dep_ in SUBJECTS and name.i < name.head.i:
            yield noun, name


def names_of_objects(doc: Doc) -> Iterator[Move]:
    """Hang names right behind the object that they name on it: "thanked its allies Latvia and Lithuania", read as two objects."""
    for name in labelled(doc, "obj"):
        before = doc[name.i - 1] if name.i else name
        owned = any(c.dep_ == "nmod:poss" for c in before.children)
        if name.pos_ == "PROPN" and owned and before.dep_ in ("obj", "iobj") and before.head == name.head and before.pos_ == "NOUN":
            yield name, before, "appos"
            yield before, before.head, "obj"


def children_born(doc: Doc) -> Iterator[Move]:
    """Hang whose child somebody is, told behind a birth, on whom it tells of: "Ana Lind was born in Oslo, the daughter of Rui Costa"."""
    for noun in labelled(doc, "parataxis", "obl", "obl:unmarked", "advcl", "conj", "appos"):
        first, verb = bounds_of(noun)[0], noun.head
        born = verb.lemma_ == "bear" or (verb.head.lemma_ == "bear" and verb.dep_ == "obl")
        if noun.lower_ not in _CHILDREN or not born or not first or doc[first - 1].text != "," or any(c.dep_ in ("case", "cop") for c in noun.children):
            continue
        birth = verb if verb.lemma_ == "bear" else verb.head
        for subject in [c for c in birth.children if c.dep_ in SUBJECTS and c.i < birth.i][:1]:
            yield noun, subject, "appos"


def kinds_between(doc: Doc) -> Iterator[Move]:
    """Read a noun with an article between commas as an apposition, which no preposition leads in: "her husband, the surgeon Rui Costa, was …"."""
    for noun in labelled(doc, "nmod"):
        first = bounds_of(noun)[0]
        led = any(c.dep_ == "case" for c in noun.children)
        if first and not led and doc[first - 1].text == "," and doc[first].dep_ == "det" and noun.pos_ == "NOUN" and noun.head.i < first - 1:
            yield noun, noun.head, "appos"


def turned_appositions(doc: Doc) -> Iterator[Move]:
    """Move nouns that are read as subjects of the name that renames them, and the name: "met the premier, Ana Lind, and his guest, Tomas Novak"."""
    for noun in labelled(doc, "nsubj"):
        name = noun.head
        predicate = name.dep_ == "ROOT" or any(c.dep_ == "cop" for c in name.children)
        if noun.tag_ != "NN" or name.pos_ != "PROPN" or name.i < noun.i or predicate or doc[_bounds_behind(noun)].text != "," or noun in name.head.ancestors:
            continue
        joined = next((c for c in name.children if c.dep_ == "cc" and c.i < noun.i), None)
        if joined is None:
            yield noun, name.head, name.dep_
        else:
            yield noun, next((c for c in name.head.children if c.dep_ == "obj" and c.i < noun.i), name.head), "conj"
            yield joined, noun, "cc"
        yield name, noun, "appos"


def _bounds_behind(noun: Token) -> int:
    """Return where what stands under a noun ends, without commas; the place behind it."""
    return min(bounds_of(noun)[1] + 1, len(noun.doc) - 1)


def torn_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names read as a part of a name further on, with the verb between them, whose subject they are: "Secretary Kerry spoke with Minister Lavrov"."""
    for name in labelled(doc, "flat", "compound", "nmod:desc", "appos", "nsubj"):
        if name.head.i <= name.i + 1 or name.head.pos_ != "PROPN" or name.pos_ not in ("NOUN", "PROPN"):
            continue
        reach = name.head.i if name.dep_ in ("flat", "compound") else name.i + 2  # "The Prime Minister met Tomas Berg"
        verb = next((t for t in doc[name.i + 1 : reach] if t.tag_ in ("VBD", "VBZ", "VBP")), None)
        if verb is not None and verb in name.head.ancestors and not any(c.dep_ in SUBJECTS for c in verb.children):
            yield name, verb


def roles_apart(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield what somebody is, read as a clause of its own behind the name and a comma: "captured Musa Ali, a rebel recruiter"."""
    for noun in labelled(doc, "parataxis"):
        first, _ = bounds_of(noun)
        if noun.tag_ != "NN" or first < 2 or doc[first].lower_ not in ("a", "an") or doc[first - 1].text != ",":
            continue
        name = head_of_name(doc[first - 2])
        if name.pos_ == "PROPN" and name.head == noun.head and name.dep_ in ("obj", "obl", "nsubj:pass"):
            yield noun, name


def second_roles(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield roles that "and" joins to another of one person, hung on the name, with the first: "Ana Lind, a poet and the wife of the mayor, said"."""
    for role in labelled(doc, "conj"):
        name, (start, _) = role.head, bounds_of(role)
        joined = next((c for c in role.children if c.dep_ == "cc" and c.i < role.i), None)
        if name.pos_ != "PROPN" or role.tag_ != "NN" or joined is None or joined.lower_ != "and":
            continue
        if doc[start + 1].lower_ not in ("a", "an", "the", "his", "her"):
            continue
        first = next((c for c in reversed(list(name.children)) if c.dep_ == "appos" and c.tag_ == "NN" and name.i < c.i < role.i), None)
        if first is not None and bounds_of(first)[1] == joined.i - 1 and not any(c.dep_ == "appos" for c in role.children):
            yield role, first


def appositions_of_nearest(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield roles hung on the first of two names, with the second, which they stand right behind: "Ana Lind and Rui Sola, mayor of Bam"."""
    for role in labelled(doc, "appos"):
        start, _ = bounds_of(role)
        if role.tag_ != "NN" or start < 2 or doc[start - 1].text != "," or role.head.pos_ != "PROPN":
            continue
        names = [c for c in role.head.children if c.dep_ == "conj" and c.pos_ == "PROPN" and bounds_of(c)[1] == start - 2]
        if names and any(c.dep_ == "cc" for c in names[-1].children):
            yield role, names[-1]


def kinds_behind_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield what a name is, behind it and a comma, hung on the plural before, which it cannot be: "leaders of the Front, an alliance of parties"."""
    for noun in labelled(doc, "nmod", "appos"):
        start, _ = bounds_of(noun)
        if noun.head.tag_ != "NNS" or noun.tag_ != "NN" or start < 2:
            continue
        if doc[start].lower_ not in ("a", "an") or doc[start - 1].text != "," or preposition_of(noun) is not None:
            continue
        name = head_of_name(doc[start - 2])
        if name.pos_ == "PROPN" and name.dep_ == "nmod" and name.head == noun.head:
            yield noun, name


def misread_appositions(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names hung on a verb above that rename the noun before their comma: "met his colleague, Nicu Popescu"."""
    for name in labelled(doc, "obj", "iobj", "obl", "obl:unmarked", "dep", "xcomp", "ccomp"):
        if name.pos_ != "PROPN" or preposition_of(name) is not None:
            continue
        first, last = bounds_of(name)
        if first < 2 or doc[first - 1].text != "," or name.i - first > 4 or any(c.dep_ in ("cc", "nsubj", "cop", "nummod") for c in name.children):
            continue
        noun = doc[first - 2]
        after = doc[last + 1] if last + 1 < len(doc) else None
        closed = after is None or after.is_punct or after.is_space
        renamed = noun.tag_ == "NN" and noun.dep_ not in ("nsubj", "compound", "conj") and noun.i != name.head.i and name.head in noun.ancestors
        if closed and renamed and noun.lemma_.lower() not in CALENDAR:
            yield name, noun


def titles_beside(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield the first of two subjects, or objects, that nothing parts, the second of which is a name that it describes: "Minister for Asia Ana Lind said"."""
    for name in labelled(doc, *SUBJECTS, "obj"):
        first, _ = bounds_of(name)
        alike = ("obj",) if name.dep_ == "obj" else SUBJECTS
        if name.pos_ != "PROPN" or (name.i > name.head.i and name.dep_ != "obj") or not first:
            continue
        title = next((c for c in name.head.children if c.dep_ in alike and c != name and c.right_edge.i == first - 1), None)
        if title is not None and title.is_title and title.tag_ in ("NN", "NNP") and title.lemma_.lower() in _OFFICES:
            yield title, name


def lone_conjuncts(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names between commas read as the second of a list without "and", with the noun they rename: "asked the consul of Peru, Ana Lind, to leave"."""
    for name in labelled(doc, "conj"):
        first, last = bounds_of(name)
        listed, above = name.head, name.head.head
        closed = first > 0 and doc[first - 1].text == "," and last + 1 < len(doc) and doc[last + 1].text == ","
        alone = not any(c.dep_ == "cc" for c in (*name.children, *listed.children)) and not any(c.dep_ == "conj" and c != name for c in listed.children)
        alone = alone and not any(c.dep_ == "conj" for c in name.children)
        owner = listed.dep_ == "nmod" and listed.pos_ == "PROPN" and above.tag_ == "NN" and above.i < listed.i
        if closed and alone and owner and name.pos_ == "PROPN":
            yield name, above


def behind_second(doc: Doc) -> Iterator[Move]:
    """Move names right behind the second verb of a subject that are read as a subject of its own: "condemned it, rang Novak and asked for help"."""
    for name in labelled(doc, "nsubj"):
        verb = verb_before(name) if name.pos_ == "PROPN" and name.i > name.head.i else None
        if verb is None or verb != name.head or verb.dep_ != "conj" or verb.lemma_ in INVERTED:
            continue
        if any(c.dep_ in SUBJECTS for c in verb.head.children) and not any(c.dep_ in SUBJECTS and c != name for c in verb.children):
            yield name, verb, "obj"


def listed_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names behind a comma that are read as items beside a coordination, with its first: "Alfa Ltd, Gulf Crest FZE, Delta LLC and Orient SA"."""
    for name in labelled(doc, "list"):
        first = name.head
        start = name.left_edge.i
        comma = start > 0 and "," in (doc[start].text, doc[start - 1].text)
        if name.pos_ == "PROPN" and first.pos_ == "PROPN" and first.i < name.i and comma and any(c.dep_ == "conj" and c.i > name.i for c in first.children):
            yield name, first


def announced(doc: Doc) -> Iterator[Move]:
    """Hang the names behind a colon on the subject that announces them: "The following persons were sanctioned by the EU: Ana Lind and Rui Costa"."""
    for colon in spelled(doc, (":",)):
        verb = next((t for t in doc[colon.sent.start : colon.i] if t.head.i == t.i and t.pos_ == "VERB"), None)
        group = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i and _announces(c)), None) if verb is not None else None
        if verb is None or group is None or any(c.dep_ in ("obj", "appos") and c.i > colon.i for c in verb.children):
            continue
        behind = doc[colon.i + 1 : colon.sent.end]
        first = next((t for t in behind if t.head.i <= colon.i and t.pos_ == "PROPN"), None)
        listed = first is not None and any(t.dep_ == "conj" and t.head.i == first.i for t in behind)
        if first is not None and listed and not any(t.pos_ in ("VERB", "AUX") and t.i < first.i for t in behind):
            yield first, group, "appos"


def _announces(noun: Token) -> bool:
    """Tell whether a subject is a group whose members are still to be named: "the following persons", "three firms"."""
    return noun.lower_ == "following" or (noun.tag_ == "NNS" and any(c.lower_ in ("following", "several") or c.dep_ == "nummod" for c in noun.children))


def new_subjects(doc: Doc) -> Iterator[Move]:
    """Give a name behind a comma and "and", described between commas, to the verb behind that has no subject: "arrested Lah, and Lund, who knew her, fled"."""
    for name in labelled(doc, "conj"):
        joined = next((c for c in name.children if c.dep_ == "cc" and c.i < name.i), None)
        described = any(c.dep_ in ("appos", "acl:relcl", "acl") and c.i > name.i for c in name.children)
        if name.pos_ != "PROPN" or joined is None or not described or not joined.i or doc[joined.i - 1].text != "," or name.head.pos_ == "VERB":
            continue
        end = bounds_of(name)[1] + 1
        first = next((t for t in doc[end + 1 : end + 3] if t.pos_ != "ADV"), None) if end < len(doc) and doc[end].text == "," else None
        verb = first.head if first is not None and first.dep_ in ("aux", "aux:pass") else first
        if verb is None or verb.pos_ != "VERB" or first is None or first.tag_ not in ("VBD", "VBZ", "VBP", "MD") or verb in name.subtree:
            continue
        if not any(c.dep_ in (*SUBJECTS, "expl", "cc", "mark") for c in verb.children):
            yield name, verb, subject_label(verb)
            yield joined, verb, "cc"


def behind_openings(doc: Doc) -> Iterator[Move]:
    """Give the role behind an opening phrase and a comma, read as another name of who stands in it, to the verb that has no subject.

    "At the invitation of Premier Lund, Prime Minister of Togo Ama Boateng will visit", "Following talks with Lund, the minister, Ama Boateng, left".
    """
    for role in labelled(doc, "appos"):
        name = next((c for c in role.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > role.i), None)
        first, last = bounds_of(role)
        if name is None or role.head.pos_ != "PROPN" or not first or doc[first - 1].text != "," or role.head.sent.start == role.head.left_edge.i:
            continue
        led = any(t.dep_ == "obl" and preposition_of(t) is not None for t in (role.head, *role.head.ancestors))
        after = last + 1 + (last + 1 < len(doc) and doc[last + 1].text == ",")
        verb = doc[after] if after < len(doc) else role
        verb = verb.head if verb.dep_ in ("aux", "aux:pass") else verb
        finite = doc[after].tag_ in ("VBD", "VBZ", "VBP", "MD") if after < len(doc) else False
        if led and finite and verb.pos_ == "VERB" and verb in role.head.ancestors and not any(c.dep_ in (*SUBJECTS, "expl") for c in verb.children):
            yield role, verb, subject_label(verb)


def joined_roles(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield roles of somebody else behind "and" that are read as another name: "Ana Lind and the head of the bank, Rui Andrade, met"."""
    for role in labelled(doc, "appos"):
        joined = next((c for c in role.children if c.dep_ == "cc" and c.i < role.i), None)
        named = any(c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > role.i for c in role.children)
        if joined is not None and joined.lower_ == "and" and named and role.pos_ == "NOUN" and role.head.pos_ == "PROPN" and role.head.i < joined.i:
            yield role, role.head


def joined_parts(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield words read as a part of a name that have an "and" or a preposition of their own, with the name: "with Ana Lind and with Tomas Novak"."""
    for part in labelled(doc, "flat"):
        if part.pos_ == "PROPN" and any(c.dep_ == "cc" and c.i < part.i for c in part.children) and part.i > part.head.i:
            yield part, part.head
