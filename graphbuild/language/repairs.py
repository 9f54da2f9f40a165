"""Repairs of trees where labels contradict each other: each arc is labelled by itself, and the grammar knows what cannot stand together.

None of these looks at words beyond the closed classes (prepositions, relative pronouns, days and months) and verbs of saying, being and going.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
from spacy.strings import get_string_id
from spacy.symbols import DEP  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc, Token

from graphbuild.classes import ATTACKS
from graphbuild.language.index import spelled

_RELATIVE = frozenset("who whom which that".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tomorrow tonight".split()
)
_OF_DEEDS = frozenset("claim kill wound injure maim result happen occur perpetrate".split())
"""Verbs that say of deeds, not of places or things, what came of them and who did them."""
_SAYING = frozenset("say tell add announce report state write claim confirm declare explain note".split())
_ALLEGING = frozenset("accuse suspect blame charge convict condemn".split())
_RESULTS = frozenset("kill wound injure maim hurt destroy damage sink force cause displace leave break violate trap".split())
"""Verbs for what comes of a deed, not for what somebody adds who speaks of it."""
_SPELLS = frozenset("time year month week day morning evening afternoon night hour minute moment weekend way decade".split())
Move = tuple[Token, Token, str]
"""A word, the head that it is to have, and its label."""
_LEADING = frozenset("of for from with into against to on over in at by as about towards toward".split())
"""Prepositions that lead in what a verb takes beside its object."""
_NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP")
_SUBJECTS = ("nsubj", "nsubj:pass")
_COMPLEMENTS = ("obj", "iobj", "ccomp", "xcomp")
_INVERTED = frozenset("say be become remain come go follow stand lie sit add reply ask answer write tell warn insist claim".split())
"""Verbs whose subject may stand behind them."""
_INCLUDING = frozenset("include involve concern regard contain comprise".split())
_LONGEST_TERMS = 6
"""How many words "in the strongest possible terms" may have before the last."""
_OFFICES = frozenset("minister secretary president premier chancellor ambassador envoy representative spokesman spokeswoman spokesperson commissioner".split())
_BARE = ("nsubj", "obj", "iobj")
"""What no preposition leads in."""


_HELD = frozenset("host attend chair convene organise organize boycott skip".split())
"""Verbs that say of gatherings, not of places, who holds them or takes part."""
_TEMPORAL = frozenset("after before because since although while".split())
_PREFIXES = frozenset("co re ex".split())
_REPORTS = frozenset("reports claims rumours rumors charges".split())
_HARMED = frozenset("dead injured wounded homeless".split())
_TAKES_NO_CLAUSE = frozenset(
    "condemn welcome praise denounce deplore support sign reject violate criticise criticize hail commend back endorse join attend visit oppose mourn honour"
    " honor congratulate thank applaud salute decry slam blast lambast ratify adopt implement breach launch conduct attack strike hit kill arrest release"
    " free lift impose host inaugurate examine discuss review address resume suspend end".split()
)
"""Verbs with nouns for objects, and no clauses."""
_TAKES_GERUND = frozenset("deny admit acknowledge avoid risk consider regret recall mention confess".split())
"""Verbs with a gerund for an object."""


def repair(doc: Doc) -> None:
    """Mend the labels (and, of some constructions, the arcs) of a Doc in place, in text order."""
    _nouns_after_verbs(doc)
    _nationals(doc)
    _carry_out(_prefixed(doc))
    for token in _labelled(doc, *_SUBJECTS, "obj", "iobj", "compound", "obl", "obl:agent", "xcomp", "acl", "dep", "advcl", "conj", "ccomp"):
        label = _label(token)
        if label is not None:
            token.dep_ = label
    for strayed, label in _PASSES:
        for word, head in list(strayed(doc)):
            hang(word, head, label)
    for moves in _REBUILT:
        _carry_out(moves(doc))


def _carry_out(moves: Iterator[Move]) -> None:
    """Make moves that were found in one state of a tree."""
    for word, head, label in list(moves):
        hang(word, head, label)


def hang(word: Token, head: Token, label: str | None = None) -> None:
    """Give a word another head, and label if one is given, unless the head hangs below the word: a tree must not become a ring."""
    above = head
    while above.i != word.i and above.head.i != above.i:
        above = above.head
    if above.i != word.i or head.i == word.i:
        word.head, word.dep_ = head, label or word.dep_


def _label(token: Token) -> str | None:
    """Return the label that an arc must have, given its neighbours; None if it may stay."""
    if (token.dep_ in _BARE and _hangs_on_preposition(token)) or _is_no_agent(token):
        return "obl"
    if (token.dep_ == "nsubj" and _is_second(token)) or (token.dep_ in _SUBJECTS and _is_relative_object(token)):
        return "obj"
    if token.dep_ == "obj" and _is_subject_of_modal(token):
        return "nsubj"
    if token.dep_ == "nsubj" and token.lower_ == "test" and token.i + 1 < len(token.doc) and token.nbor().tag_ == "HYPH":
        return "compound"  # "test-fired"
    if token.dep_ == "dep":
        unnamed = token.pos_ in ("NOUN", "PROPN") and _is_unnamed_subject(token)
        return "nsubj" if unnamed else "obj" if _is_object(token) else None
    if token.dep_ == "compound" and token.head.tag_ in ("VBZ", "VBP", "VBD") and token.i < token.head.i and token.lower_ != "test":
        return "nsubj"
    if (token.dep_ == "obl" and (_is_object(token) or _is_noun_object(token))) or (token.dep_ == "xcomp" and _is_name_after(token)):
        return "obj"
    return _clause_label(token)


def _is_no_agent(token: Token) -> bool:
    """Tell whether another preposition than "by" leads in what is read as an agent: "carried out by one group against another"."""
    preposition = _preposition(token) if token.dep_ == "obl:agent" else None
    return preposition is not None and preposition.lower_ in ("against", "on", "at", "in", "into", "for", "over", "with")


def _clause_label(token: Token) -> str | None:
    """Return the label of a passive's subject, of a gerund that is an object, and of a relative clause, where they are read as something else."""
    timed = token.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ in _TEMPORAL and c.i < token.i for c in token.children)
    if timed and any(c.dep_ == "ccomp" and c.i < token.head.i for c in token.head.children):
        return "advcl"  # "the ministry said, a day after they fired it"
    if token.dep_ == "nsubj" and _is_passive_subject(token):
        return "nsubj:pass"
    if token.dep_ == "conj" and _is_result(token):
        return "advcl"
    if token.dep_ == "advcl" and _is_gerund_object(token):
        return "xcomp"
    relative = token.dep_ == "acl" and (any(c.lower_ in _RELATIVE and c.dep_ in _SUBJECTS for c in token.children) or _is_bare_relative(token))
    return "acl:relcl" if relative else None


def _is_bare_relative(clause: Token) -> bool:
    """Recognise a relative clause without its pronoun: "the tariffs Peru imposed on it", finite, with a subject right behind the noun and no object."""
    labels = {c.dep_ for c in clause.children}
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    bare = clause.tag_ in ("VBD", "VBN", "VBZ", "VBP") and not labels & {"mark", "obj", "iobj", "ccomp", "xcomp", "nsubj:pass", "aux:pass", "aux"}
    return bare and subject is not None and subject.left_edge.i == clause.head.i + 1 and subject.i < clause.i


def _strayed_agents(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield agents hung on the noun before a participle, with the participle: "a piece published today by the agency"."""
    for agent in _labelled(doc, "nmod", *_SUBJECTS):
        by = _preposition(agent)
        if by is None or by.lower_ != "by":
            continue
        described = [agent.head] if agent.dep_ == "nmod" else [c for c in agent.head.children if c.dep_ in _SUBJECTS and c.i < by.i]
        participle = next((c for d in described for c in d.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i < by.i), None)
        if participle is not None and not any(c.dep_ == "obl:agent" for c in participle.children):
            yield agent, participle


def _renamed_subjects(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names between commas read as a second subject of the verb behind them, with the first, which they rename: "the envoy, Ana Lind, called"."""
    for name in _labelled(doc, *_SUBJECTS):
        if name.pos_ != "PROPN" or name.head.i < name.i:
            continue
        first, last = _bounds(name)
        closed = first > 0 and doc[first - 1].text == "," and doc[min(last + 1, len(doc) - 1)].text == ","
        own = [c for c in name.head.children if c.dep_ == name.dep_ and c.i < first]
        if closed and own and own[-1].pos_ == "NOUN":
            yield name, own[-1]
        elif closed and not own and (noun := _noun_before(name)) is not None and _goes_on(name):
            yield name, noun


def _noun_before(name: Token) -> Token | None:
    """Return the singular noun that heads the phrase before a name after a comma, if it is the object of a verb."""
    first, _ = _bounds(name)
    noun = name.doc[max(0, first - 2)]
    while noun.dep_ == "nmod" and noun.head.i < noun.i:
        noun = noun.head
    return noun if noun.tag_ == "NN" and noun.dep_ in ("obj", "iobj", "obl") and noun.head.i < noun.i and noun.lemma_.lower() not in CALENDAR else None


def _goes_on(name: Token) -> bool:
    """Tell whether a second verb of the clause before a name follows it: "rang the minister, Ana Lind, and thanked her"."""
    _, last = _bounds(name)
    after = name.doc[last + 2] if last + 2 < len(name.doc) and name.doc[last + 1].text == "," else None
    return after is not None and after.pos_ == "CCONJ" and name.head.dep_ == "conj" and after.i < name.head.i


def _bound_particles(doc: Doc) -> Iterator[Move]:
    """Move particles of a verb that are read as prepositions of its object, and the object: "burned down the village"."""
    for noun in _labelled(doc, "obl"):
        particle = next((c for c in noun.children if c.dep_ == "case"), None)
        called = noun.head.lemma_ == "call" and particle is not None and particle.lower_ in ("on", "upon")  # "called on all parties to return"
        if particle is None or called:
            continue
        if particle.tag_ == "RP" and noun.head.pos_ == "VERB" and particle.i == noun.head.i + 1 and _lacks_object(noun.head):
            yield particle, noun.head, "compound:prt"
            yield noun, noun.head, "obj"


def _beyond_clauses(doc: Doc) -> Iterator[Move]:
    """Move adverbials of a clause about a noun that hang on the verb that follows it: "Novak, who spoke by phone with Lind, briefed …"."""
    for clause in _labelled(doc, "acl:relcl", "acl"):
        comma = next((t.i for t in doc[clause.i + 1 : clause.sent.end] if t.text == ","), None)
        if comma is None or clause.pos_ != "VERB":
            continue
        for phrase in doc[clause.i + 1 : comma]:
            if phrase.dep_ == "obl" and phrase.head.i > comma and _bounds(phrase)[0] > clause.i and phrase.head not in clause.subtree:
                yield phrase, clause, "obl"


def _titles_hung_back(doc: Doc) -> Iterator[Move]:
    """Hang an office that is read as the title of a name before the verb on that verb: "Josep Borrell held talks with the prime minister, Najib Mikati"."""
    for title in _labelled(doc, "nmod:desc", "goeswith"):
        verb = next((t for t in reversed(doc[title.head.i : title.i]) if t.pos_ == "VERB"), None) if title.head.i < title.i else None
        if verb is None:
            continue
        holders = [title, *(c for c in title.children if c.dep_ == "appos")]
        preposition = next((c for t in holders for c in t.children if c.dep_ == "case" and verb.i < c.i < title.i), None)
        if preposition is not None:
            yield preposition, title, "case"
        yield title, verb, "obj" if preposition is None else "obl"


def _speakers_apposed(doc: Doc) -> Iterator[Move]:
    """Make who is named between what is said and "said" its subject, not the last noun's other name: "… pains, his wife, Ana Lind, said"."""
    for told in _labelled(doc, "ccomp"):
        verb = told.head
        if verb.i < told.i or verb.lemma_ not in _SAYING or any(c.dep_ in _SUBJECTS for c in verb.children):
            continue
        node = doc[verb.i - 1 - (doc[verb.i - 1].text == ",")]
        while node.dep_ in ("flat", "compound", "appos") and node.head.i > told.i and node.head.dep_ in ("flat", "compound", "appos"):
            node = node.head
        first = node.left_edge.i
        if node.dep_ == "appos" and told in node.ancestors and doc[first - 1].text == "," and first - 1 > told.i:
            yield node, verb, "nsubj"


def _possessors_joined(doc: Doc) -> Iterator[Move]:
    """Hang possessors on what stands behind them, where each of two has something, too: "Argentina's Alberto Lind and Chile's Gabriel Berg"."""
    for owner in _labelled(doc, "conj", *_SUBJECTS):
        mark = next((c for c in owner.children if c.tag_ == "POS"), None)
        second = owner.dep_ == "conj" and owner.head.dep_ == "nmod:poss" and owner.head.i < owner.i
        if mark is None or mark.i + 1 >= owner.sent.end or not (second or owner.dep_ in _SUBJECTS):
            continue
        noun = doc[mark.i + 1]
        while noun.head.i > noun.i and noun.dep_ in ("compound", "amod", "nmod:desc", "flat", "nummod"):
            noun = noun.head
        if noun.pos_ in ("NOUN", "PROPN") and ((noun != owner.head.head and noun.head.i < owner.i) if second else noun.head == owner.head):
            yield owner, noun, "nmod:poss"


def _semicolons(doc: Doc) -> Iterator[Move]:
    """Part clauses at a semicolon that one was hung on the other over, as in headlines: "Ethiopia, Somaliland sign deal; Somalia recalls envoy"."""
    for clause in _labelled(doc, "ccomp"):
        verb = clause.head
        if clause.pos_ != "VERB" or verb.lemma_ in _SAYING or not any(t.text == ";" for t in doc[clause.i : verb.i]):
            continue
        for word in [c for c in verb.children if c.i < clause.i and c.dep_ in ("obj", "nsubj", "dep", "ccomp", "obl:unmarked") and c.pos_ in ("NOUN", "PROPN")]:
            yield word, clause, "nsubj"
        yield clause, verb, "parataxis"


def _days_within(doc: Doc) -> Iterator[Move]:
    """Hang a time right behind a relative clause on that clause, not on a verb before it: "to meet the governor, who had asked for help in October"."""
    for clause in _labelled(doc, "acl:relcl"):
        if clause.pos_ != "VERB" or not any(c.dep_ in _SUBJECTS and c.lower_ in ("who", "which") for c in clause.children):
            continue
        end = max(t.i for t in clause.subtree) + 1
        preposition = doc[end] if end < clause.sent.end else None
        time = preposition.head if preposition is not None and preposition.dep_ == "case" else None
        if time is None or time.dep_ != "obl" or time.lower_ not in CALENDAR or time.head.pos_ != "VERB" or time.head.i > clause.i:
            continue
        if time.head in clause.ancestors:
            yield time, clause, "obl"


def _led_subjects(doc: Doc) -> Iterator[Move]:
    """Move phrases with a preposition that are read as subjects of a noun further on: "held a call with Ana Lind on Friday, their first talk"."""
    for phrase in _labelled(doc, "nsubj"):
        preposition = _preposition(phrase)
        above = phrase.head
        if preposition is None or preposition.lower_ not in ("with", "to", "from", "for") or above.pos_ != "NOUN" or above.i < phrase.i or not preposition.i:
            continue
        before = doc[preposition.i - 1]
        if before.pos_ in ("NOUN", "VERB") and phrase not in before.ancestors and above.dep_ in ("parataxis", "appos", "advcl", "dep"):
            yield phrase, before, "nmod" if before.pos_ == "NOUN" else "obl"


def _titled_pairs(doc: Doc) -> Iterator[Move]:
    """Make the first of two names with titles the head of both, not his title: "Kenyan leader William Ruto and Ghanaian President John Mahama met"."""
    for second in _labelled(doc, "appos", "conj"):
        joined = next((c for c in second.children if c.dep_ == "cc" and c.lower_ == "and" and c.i < second.i), None)
        title = second.head if second.dep_ == "appos" else second.head.head
        if joined is None or second.pos_ != "PROPN" or title.tag_ not in ("NN", "NNP") or title.i > second.i:
            continue
        if any(c.dep_ == "nmod:poss" for c in title.children):
            continue  # "Lima's brother Paulo and sister Eva"
        first = next((c for c in title.children if c.dep_ in ("appos", "flat") and c.pos_ == "PROPN" and title.i < c.i < joined.i), None)
        if first is None or _bounds(first)[0] != title.i + 1 or second.head not in (title, first):
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


def _beyond_adjectives(doc: Doc) -> Iterator[Move]:
    """Hang phrases behind a noun that are read as those of a word before it on the noun: "a meeting of the Joint Commission with Ana Lind"."""
    for phrase in _labelled(doc, "obl", "nmod"):
        inner = phrase.head
        if inner.dep_ in ("amod", "compound", "det") and inner.i < inner.head.i < phrase.left_edge.i and inner.head.pos_ in ("NOUN", "PROPN"):
            yield phrase, inner.head, "nmod"


def _beyond_agents(doc: Doc) -> Iterator[Move]:
    """Hang whom a deed hits on the deed, not on who did it: "attacks by the militia on civilians"."""
    for phrase in _labelled(doc, "nmod", "obl"):
        agent, preposition = phrase.head, _preposition(phrase)
        by = _preposition(agent)
        hits = preposition is not None and preposition.lower_ in ("on", "against") and agent.i < preposition.i
        if hits and by is not None and by.lower_ == "by" and agent.dep_ == "nmod" and agent.head.i < by.i and agent.head.pos_ == "NOUN":
            yield phrase, agent.head, "nmod"


def _beyond_worth(doc: Doc) -> Iterator[Move]:
    """Hang whom something is for on it, not on what it is worth: "a package worth 10 million euros for Moldova"."""
    for phrase in _labelled(doc, "obl", "nmod"):
        worth = next((t for t in (phrase.head, phrase.head.head) if t.lower_ == "worth"), None)
        preposition = _preposition(phrase)
        if worth is None or preposition is None or preposition.lower_ not in ("for", "to", "with") or preposition.i < worth.i:
            continue
        noun = next((c for c in worth.head.children if c.dep_ == "obj"), worth.head) if worth.dep_ == "xcomp" else worth.head
        while noun.dep_ == "nmod" and noun.head.pos_ == "NOUN" and noun.head.i < noun.i:
            noun = noun.head
        if noun.pos_ == "NOUN" and noun.i < worth.i:
            yield phrase, noun, "nmod"


def _result_of_alleged(doc: Doc) -> Iterator[Move]:
    """Hang what came of an alleged deed on the deed, not on the verb that alleges it: "accused it of ramming a boat, injuring four sailors"."""
    for result in _labelled(doc, "advcl", "conj"):
        verb = result.head
        if result.dep_ == "conj" and (doc[result.i - 1].text != "," or verb.tag_ not in ("VBG", "VBD") or any(c.dep_ == "cc" for c in result.children)):
            continue
        if result.tag_ != "VBG" or result.lemma_ not in _RESULTS or any(c.dep_ == "mark" for c in result.children):
            continue
        if verb.dep_ == "advcl" and verb.head.i < verb.i and any(c.dep_ == "mark" and c.lower_ in ("as", "when", "while") for c in verb.children):
            yield result, verb.head, "advcl"  # "fired at a plane as it landed, killing nine"
        if verb.lemma_ not in _ALLEGING or result.dep_ != "advcl":
            continue
        deed = next((c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VBG" and verb.i < c.i < result.i and _led_in(c)), None)
        if deed is not None:
            yield result, deed, "advcl"


def _led_in(gerund: Token) -> bool:
    return any(c.dep_ in ("mark", "case") and c.lower_ in ("of", "for", "with") for c in gerund.children)


def _beneath_names(doc: Doc) -> Iterator[Move]:
    """Hang phrases and clauses that describe a name, and are hung on a later word of it, on its first: "Wong Kwok-kin of the union"."""
    for word in _labelled(doc, "nmod", "acl:relcl", "acl", "appos"):
        name = word.head
        while name.dep_ == "flat" and name.head.i < name.i:
            name = name.head
        if name != word.head and word.i > word.head.i and name.pos_ == word.head.pos_ == "PROPN":
            yield word, name, word.dep_


def _beyond_source(doc: Doc) -> Iterator[Move]:
    """Make who is named behind a source and a comma the subject of the verb there, no second source: "which, according to Reuters, Chile has criticised"."""
    for source in _labelled(doc, "obl", "nmod"):
        cited = any(c.lower_ == "according" and c.dep_ == "case" for c in source.children)
        opening = doc[max(0, _bounds(source)[0] - 2)] if cited else source
        if opening.lower_ in _RELATIVE and opening.dep_ in (*_SUBJECTS, "obj") and opening.head.dep_ == "acl:relcl" and opening.head.i > source.i:
            yield source, opening.head, "obl"
        named = next((c for c in source.children if c.dep_ == "conj"), None) if cited else None
        if named is None or doc[_bounds(named)[0] - 1].text != "," or _bounds(named)[0] - 2 != max(t.i for t in (source, *_later_parts(source))):
            continue
        after = doc[min(_bounds(named)[1] + 1, len(doc) - 1)]
        verb = after.head if after.dep_ in ("aux", "aux:pass") else after
        own = [c for c in verb.children if c.dep_ in _SUBJECTS]
        if verb.pos_ != "VERB" or named in verb.ancestors or any(c.lower_ not in _RELATIVE for c in own):
            continue
        yield from ((pronoun, verb, "obj") for pronoun in own)
        yield named, verb, "nsubj"
        yield source, verb, "obl"


def _later_parts(name: Token) -> list[Token]:
    return [c for c in name.children if c.dep_ in ("flat", "compound")]


def _second_lists(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names behind a closed list read as its continuation, with the plural before the list that they rename.

    "The ministers of Oman and Qatar, Ana Lind and Tomas Novak, met": after "and Qatar" the list is over.
    """
    for name in _labelled(doc, "conj"):
        first, _ = _bounds(name)
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
    end = _bounds(last)[1] + 2 if last is not None else len(name.doc)
    return last is not None and end < len(name.doc) and name.doc[end - 1].text == "," and name.doc[end].pos_ in ("VERB", "AUX")


def _joined_later(doc: Doc) -> Iterator[Move]:
    """Move phrases that hang on the wrong one of two verbs: "held talks with Novak and spoke to reporters", "praised it and on Monday left"."""
    for phrase in _labelled(doc, "obl", "obl:agent", "obl:unmarked", "obj"):
        verb = phrase.head
        if verb.dep_ == "conj" and verb.head.i < phrase.i < verb.i and verb.head.pos_ == "VERB":
            joined = next((c for c in verb.children if c.dep_ == "cc" and c.i > phrase.right_edge.i), None)
            if joined is not None and not any(c.dep_ in _SUBJECTS and c.i < phrase.i for c in verb.children):
                yield phrase, verb.head, phrase.dep_
        elif verb.i < phrase.i and verb.pos_ == "VERB" and phrase.dep_ != "obj":
            for second in verb.children:
                joined = next((c for c in second.children if c.dep_ == "cc"), None) if second.dep_ == "conj" and second.pos_ == "VERB" else None
                if joined is not None and joined.i < phrase.left_edge.i and phrase.right_edge.i < second.i:
                    yield phrase, second, phrase.dep_


def _gerunds_of(doc: Doc) -> Iterator[Move]:
    """Hang a gerund on the noun before it that is read as its object: "is part of the coalition fighting the militia"."""
    for gerund in _labelled(doc, "acl"):
        of = next((c for c in gerund.children if c.dep_ == "mark" and c.lower_ in ("of", "in", "with", "for") and c.tag_ == "IN"), None)
        before = [c for c in gerund.children if c.dep_ == "obj" and c.i < gerund.i and c.pos_ in ("NOUN", "PROPN")]
        behind = [c for c in gerund.children if c.dep_ == "obj" and c.i > gerund.i]
        if gerund.tag_ == "VBG" and of is not None and len(before) == 1 and behind and of.i < before[0].left_edge.i:
            yield before[0], gerund.head, "nmod"
            yield of, before[0], "case"
            yield gerund, before[0], "acl"


def _participles_behind(doc: Doc) -> Iterator[Move]:
    """Hang a participle behind a comma that is read as a noun's on the verb above: "proved their strength in battle, driving the rebels back"."""
    for participle in _labelled(doc, "acl"):
        first, noun = participle.left_edge.i, participle.head
        comma = first > 0 and "," in (doc[first].text, doc[first - 1].text)
        if participle.tag_ != "VBG" or not comma or noun.i > participle.i or noun.tag_ not in ("NN", "NNS"):
            continue
        acting = any(c.dep_ in ("obj", "xcomp", "ccomp") for c in participle.children) and participle.lemma_ not in _INCLUDING
        verb = noun.head
        if acting and noun.dep_ == "obj" and verb.pos_ == "VERB" and verb.i < noun.i and not any(c.dep_ == "mark" for c in participle.children):
            yield participle, verb, "advcl"


def _envoys_to(doc: Doc) -> Iterator[Move]:
    """Make a name behind an office and the country of its post the head of both: "the U.S. ambassador to Iraq Douglas Silliman met …"."""
    for name in _labelled(doc, "nmod"):
        office = name.head
        post = next((c for c in office.children if c.dep_ == "nmod" and c.right_edge.i == name.left_edge.i - 1 and _preposition(c) is not None), None)
        envoy = office.lemma_.lower() in ("ambassador", "envoy", "representative", "consul", "commissioner", "coordinator")
        if post is None or not envoy or name.tag_ != "NNP" or _preposition(name) is not None or name.left_edge.i <= office.i:
            continue
        yield name, office.head if office.head != office else name, office.dep_
        for child in [c for c in office.children if c.i > name.i and c != name]:
            listed = child.dep_ == "appos" and any(c.dep_ == "cc" for g in (child, *child.children) for c in g.children)
            yield child, name, "conj" if listed else child.dep_
        yield office, name, "nmod:desc"


def _commanding(doc: Doc) -> Iterator[Move]:
    """Make "commanding general" behind a name the office that it is, where it is read as a clause: "Ana Lind, commanding general of the division"."""
    for participle in _labelled(doc, "acl"):
        office = doc[participle.i + 1] if participle.i + 1 < len(doc) else participle
        if participle.lower_ == "commanding" and office.lower_ in ("general", "officer") and office.head == participle and office.dep_ == "obj":
            yield office, participle.head, "appos"
            yield participle, office, "amod"


def _prefixed(doc: Doc) -> Iterator[Move]:
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


def _reduced(doc: Doc) -> Iterator[Move]:
    """Move subjects that are hung on the participle behind them to the verb behind both: "the raid carried out by the army killed two"."""
    for participle in _labelled(doc, "advcl"):
        verb = participle.head
        if participle.tag_ != "VBN" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or verb.i < participle.i:
            continue
        own = [c for c in participle.children if c.dep_ in (*_SUBJECTS, "aux", "aux:pass", "mark") or (c.dep_ == "obl" and _preposition(c) is None)]
        behind = len(own) == 1 and own[0].dep_ in (*_SUBJECTS, "obl") and own[0].i < participle.i and own[0].pos_ in ("NOUN", "PROPN")
        if behind and own[0].lower_ not in CALENDAR and not any(c.dep_ in (*_SUBJECTS, "expl") for c in verb.children):
            passive = any(c.dep_ == "aux:pass" for c in verb.children)
            yield own[0], verb, "nsubj:pass" if passive else "nsubj"
            yield participle, own[0], "acl"


def _joined_subjects(doc: Doc) -> Iterator[Move]:
    """Make a name that is coordinated with a verb the subject of the verb right behind it: "Lind heads the bank and Novak heads the fund"."""
    for name in _labelled(doc, "conj"):
        verb = next((c for c in name.head.children if c.dep_ == "conj" and c.i == _bounds(name)[1] + 1), None)
        if verb is None or name.pos_ != "PROPN" or name.head.pos_ != "VERB" or any(c.dep_ in _SUBJECTS for c in verb.children):
            continue
        yield from ((c, verb, "cc") for c in name.children if c.dep_ == "cc")
        yield name, verb, "nsubj"


def _subjects_renaming(doc: Doc) -> Iterator[Move]:
    """Make an office with its name behind a fronted phrase the subject of the verb behind both: "At the wish of the mayor, the minister, Ana Lind, left"."""
    for phrase in _labelled(doc, "obl"):
        verb = phrase.head
        if verb.i < phrase.i or verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in (*_SUBJECTS, "expl", "aux:pass") for c in verb.children):
            continue
        close = verb.i - 1
        if doc[close].text != "," or close <= phrase.i or verb.dep_ == "conj":
            continue
        renaming = [t for t in doc[phrase.i : close] if t.dep_ == "appos" and _bounds(t)[1] == close - 1 and phrase in t.ancestors]
        office = next((t for t in renaming if any(c.lower_ == "the" for c in t.children) and doc[_bounds(t)[0] - 1].text == ","), None)
        if office is not None and any(c.dep_ == "appos" for c in office.children):
            yield office, verb, "nsubj"


def _described_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield nouns right before a name with its role, with the name that they describe: "the Kenyan citizen Ana Lind was shot"."""
    for noun in _labelled(doc, *_SUBJECTS):
        name = doc[noun.i + 1] if noun.i + 1 < len(doc) else noun
        if noun.tag_ == "NN" and name.tag_ == "NNP" and name.head == noun.head and name.dep_ in _SUBJECTS and name.i < name.head.i:
            yield noun, name


def _parted(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield prepositions hung on a verb further on, with the noun right behind that they lead in: "the decision of Ana Lind to leave"."""
    for noun in _labelled(doc, "nmod", "obl"):
        first, _ = _bounds(noun)
        if not first or noun.pos_ not in ("NOUN", "PROPN") or any(c.dep_ == "case" for c in noun.children):
            continue
        preposition = doc[first - 1]
        strayed = preposition.dep_ in ("mark", "case") and preposition.lower_ in ("of", "by", "with", "from", "against") and preposition.head.i > noun.i
        if strayed and preposition.head not in noun.ancestors:
            yield preposition, noun


def _hidden_phrases(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield phrases with a preposition read as a second subject of the verb behind them, with the first: "the arrest of Ana Lind by police drew …"."""
    for phrase in _labelled(doc, *_SUBJECTS):
        preposition = _preposition(phrase)
        if preposition is None or preposition.lower_ not in ("by", "of", "with", "from", "against", "to") or phrase.head.i < phrase.i:
            continue
        subject = next((c for c in phrase.head.children if c.dep_ in _SUBJECTS and c.right_edge.i == _bounds(phrase)[0] - 1), None)
        if subject is not None:
            yield phrase, subject


def _hung_ahead(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield participles behind a comma that are coordinated with a verb further on, with the noun that they describe: "Rashidi, shot by gunmen, was …"."""
    for participle in _labelled(doc, "conj"):
        first, _ = _bounds(participle)
        if participle.head.i < participle.i or participle.tag_ not in ("VBN", "VBD") or first < 2 or doc[first - 1].text != ",":
            continue
        noun = doc[first - 2]
        while noun.dep_ in ("flat", "compound") and noun.head.i != noun.i:
            noun = noun.head
        if noun.pos_ in ("NOUN", "PROPN") and participle not in noun.ancestors:
            yield participle, noun


def _turned_appositions(doc: Doc) -> Iterator[Move]:
    """Move nouns that are read as subjects of the name that renames them, and the name: "met the premier, Ana Lind, and his guest, Tomas Novak"."""
    for noun in _labelled(doc, "nsubj"):
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
    return min(_bounds(noun)[1] + 1, len(noun.doc) - 1)


def _labelled(doc: Doc, *labels: str) -> Iterator[Token]:
    """Yield the words with one of the labels; looking at every word of a text as a Token takes its time."""
    found = doc.to_array(DEP)
    first, *others = _ids_of(labels)
    wanted = found == first
    for other in others:
        wanted |= found == other
    for place in wanted.nonzero()[0].tolist():
        yield doc[place]


@cache
def _ids_of(labels: tuple[str, ...]) -> list[np.uint64]:
    """Return the numbers of labels, which are the same in every vocabulary."""
    return [np.uint64(get_string_id(label)) for label in labels]


def _preposition(token: Token) -> Token | None:
    led = (c for c in token.children if c.dep_ == "case" and c.i < token.i)
    return next((c for c in led if c.pos_ == "ADP" or (c.pos_ == "SCONJ" and c.lower_ in _LEADING)), None)


def _hangs_on_preposition(token: Token) -> bool:
    """Recognise "called on Ethiopia" read with an object or a second subject: a preposition stands between the verb and the name."""
    preposition = _preposition(token)
    return preposition is not None and token.head.pos_ == "VERB" and token.head.i < preposition.i and preposition.tag_ == "IN" and _opens(preposition, token)


def _opens(preposition: Token, token: Token) -> bool:
    """Tell whether a phrase begins with a preposition, and not with "between", "over" or "at" before a number."""
    return token.left_edge.i == preposition.i and not any(c.dep_ == "nummod" for c in token.children)


def _is_subject_of_modal(token: Token) -> bool:
    """Recognise "said Chad must leave" read with an object: a name right before the auxiliary of a verb that has no subject."""
    before = token.i + 1 < len(token.doc) and token.nbor().dep_ == "aux" and token.nbor().head == token.head and token.i < token.head.i
    return before and token.pos_ == "PROPN" and not any(c.dep_ in _SUBJECTS for c in token.head.children)


def _is_second(token: Token) -> bool:
    """Recognise "succeeded Tomas" read with a second subject: it follows a verb that has one before it."""
    verb = token.head
    has_subject = any(c.dep_ in _SUBJECTS and c.i < verb.i for c in verb.children)
    taken = any(c.dep_ in ("obj", "iobj") or (c.dep_ in _COMPLEMENTS and c.i < token.i) for c in verb.children)
    return token.i > verb.i and has_subject and not taken


def _is_relative_object(token: Token) -> bool:
    """Recognise "which, Reuters says, both sides have criticised" read with two subjects: the verb has its own behind the pronoun, and no object."""
    verb = token.head
    if token.lower_ not in ("which", "whom", "that") or token.tag_ not in ("WDT", "WP") or verb.pos_ != "VERB" or token.i > verb.i:
        return False
    own = any(c.dep_ == "nsubj" and token.i < c.i < verb.i for c in verb.children)
    return own and not any(c.dep_ in (*_COMPLEMENTS, "aux:pass", "nsubj:pass") and c.i != token.i for c in verb.children)


def _is_unnamed_subject(token: Token) -> bool:
    """Recognise a subject that the parser could not name: it stands before a finite verb that has no other."""
    verb = token.head
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") and verb.pos_ == "VERB"
    return finite and token.i < verb.i and _preposition(token) is None and not any(c.dep_ in (*_SUBJECTS, "csubj", "expl") for c in verb.children)


def _is_object(token: Token) -> bool:
    """Recognise "telephoned Ana" read as an adverbial: a name without preposition after an active verb without object."""
    verb = token.head
    named = token.pos_ == "PROPN" and token.lower_ not in CALENDAR and token.i > verb.i and _preposition(token) is None
    return named and _lacks_object(verb)


def _is_noun_object(token: Token) -> bool:
    """Recognise "toured the base" read as an adverbial: a noun with its article behind an active verb without object, and no stretch of time."""
    verb = token.head
    determined = any(c.dep_ in ("det", "nmod:poss", "cc:preconj") for c in token.children)
    start = _bounds(token)[0] if token.pos_ == "NOUN" and token.i > verb.i else -1
    direct = determined and (start == verb.i + 1 or _is_shifted(verb, start))
    direct = direct and not any(c.dep_ in ("case", "mark") for c in token.children)
    return direct and token.lemma_.lower() not in CALENDAR | _SPELLS and verb.tag_ in ("VBD", "VBZ", "VBP", "VB") and _lacks_object(verb)


def _is_shifted(verb: Token, start: int) -> bool:
    """Tell whether only phrases with prepositions stand between a verb and where a noun phrase starts: "will host in Bonn in May a round of talks"."""
    phrases = [c for c in verb.children if verb.i < c.i < start and c.dep_ == "obl" and any(g.dep_ == "case" for g in c.children)]
    return start > verb.i + 1 and {t.i for p in phrases for t in p.subtree} == set(range(verb.i + 1, start))


def _is_name_after(token: Token) -> bool:
    """Recognise "appointed Tomas Lind as minister" read as "became Tomas Lind": a name after a verb that has its object there."""
    names = any(c.dep_ in ("nmod", "obl") and any(g.lower_ == "as" for g in c.children) for c in (*token.children, *token.head.children))
    return token.pos_ == "PROPN" and _preposition(token) is None and names and not any(c.dep_ == "obj" for c in token.head.children)


def _is_passive_subject(token: Token) -> bool:
    """Recognise "Lind is accused" read with an active subject: a participle with a passive auxiliary has no other."""
    verb = token.head
    passive = verb.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in verb.children)
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


def _torn_pronouns(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield pronouns right before a verb without a subject that are hung on a word further on, with the verb: "It accused them of it, a claim …"."""
    for pronoun in _labelled(doc, *_SUBJECTS):
        verb = doc[pronoun.i + 1] if pronoun.i + 1 < len(doc) else pronoun
        stray = pronoun.tag_ == "PRP" and pronoun.head.i > verb.i and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.pos_ == "VERB"
        if stray and not any(c.dep_ in _SUBJECTS for c in verb.children):
            yield pronoun, verb


def _told_clauses(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield clauses behind "the claim that" which are hung on the verb behind them, with the noun: "the claim that they shelled it was rejected"."""
    for clause in _labelled(doc, "csubj", "csubj:pass", "ccomp", "advcl"):
        that = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
        noun = doc[that.i - 1] if that is not None and that.i else clause
        if noun.pos_ == "NOUN" and noun.dep_ in _SUBJECTS and noun.head == clause.head and noun.i < clause.i < clause.head.i:
            yield clause, noun


def _nouns_after_verbs(doc: Doc) -> None:
    """Turn "reports" and "claims" right behind a verb, read as a second verb, back into what it takes: "denied reports that they had met"."""
    for word in _labelled(doc, "conj", "ccomp", "xcomp", "dep", "parataxis"):
        verb = doc[word.i - 1] if word.i else word
        right_behind = word.lower_ in _REPORTS and word.pos_ == "VERB" and verb.pos_ == "VERB" and word not in verb.ancestors
        if right_behind and word.i + 1 < len(doc) and word.nbor().lower_ in ("that", "of"):
            word.tag_, word.pos_ = "NNS", "NOUN"
            hang(word, verb, "obj")
            for clause in word.children:
                if clause.dep_ in ("ccomp", "advcl"):
                    clause.dep_ = "acl"


def _nationals(doc: Doc) -> None:
    """Turn "national" between a demonym and a name, read as an adjective, into the noun that it is: "the British national Ana Lind"."""
    for word in _labelled(doc, "amod"):
        if word.text != "national" or not 0 < word.i < len(doc) - 1 or not word.nbor().tag_ == word.head.tag_ == "NNP" or not word.nbor(-1).is_title:
            continue
        word.tag_, word.pos_, word.dep_ = "NN", "NOUN", "nmod:desc"
        for demonym in [c for c in word.head.children if c.i == word.i - 1]:
            hang(demonym, word)


def _crossing(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield phrases behind a verb that are hung on its subject before it, with the verb: "Lind quit as minister"."""
    for phrase in _labelled(doc, "nmod"):
        subject = phrase.head
        verb = subject.head
        if subject.dep_ in _SUBJECTS and subject.i < verb.i < phrase.i and verb.pos_ == "VERB" and _preposition(phrase) is not None:
            yield phrase, verb


def _verbless(doc: Doc) -> Iterator[Move]:
    """Make the finite verb behind a name that heads its sentence the head of it: "Rosa Vega, 54, heads the bank", "Rumours that … were denied"."""
    for verb in _labelled(doc, "appos", "parataxis"):
        name = verb.head
        finite = verb.pos_ == "VERB" and (verb.tag_ in ("VBZ", "VBD") or (verb.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in verb.children)))
        root = name.dep_ in ("ROOT", "root") and name.pos_ in ("PROPN", "NOUN") and not any(c.dep_ in (*_SUBJECTS, "cop") for c in name.children)
        if finite and root and name.i < verb.i and not any(c.dep_ in (*_SUBJECTS, "expl") for c in verb.children):
            yield verb, verb, "ROOT"
            yield name, verb, "nsubj" if verb.tag_ != "VBN" else "nsubj:pass"


def _fired_tests(doc: Doc) -> Iterator[Move]:
    """Move what is hung on the first word of "test-fired" to the verb."""
    for word in _labelled(doc, *_SUBJECTS, "obl", "obl:unmarked", "obj"):
        test = word.head
        if test.lower_ == "test" and test.dep_ == "compound" and test.head.pos_ == "VERB":
            yield word, test.head, word.dep_


def _torn_names(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names read as a part of a name further on, with the verb between them, whose subject they are: "Secretary Kerry spoke with Minister Lavrov"."""
    for name in _labelled(doc, "flat", "compound", "nmod:desc", "appos", "nsubj"):
        if name.head.i <= name.i + 1 or name.head.pos_ != "PROPN" or name.pos_ not in ("NOUN", "PROPN"):
            continue
        reach = name.head.i if name.dep_ in ("flat", "compound") else name.i + 2  # "The Prime Minister met Tomas Berg"
        verb = next((t for t in doc[name.i + 1 : reach] if t.tag_ in ("VBD", "VBZ", "VBP")), None)
        if verb is not None and verb in name.head.ancestors and not any(c.dep_ in _SUBJECTS for c in verb.children):
            yield name, verb


def _roles_apart(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield what somebody is, read as a clause of its own behind the name and a comma: "captured Musa Ali, a rebel recruiter"."""
    for noun in _labelled(doc, "parataxis"):
        first, _ = _bounds(noun)
        if noun.tag_ != "NN" or first < 2 or doc[first].lower_ not in ("a", "an") or doc[first - 1].text != ",":
            continue
        name = doc[first - 2]
        while name.dep_ in ("flat", "compound") and name.head.i != name.i:
            name = name.head
        if name.pos_ == "PROPN" and name.head == noun.head and name.dep_ in ("obj", "obl", "nsubj:pass"):
            yield noun, name


def _misread_appositions(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names hung on a verb above that rename the noun before their comma: "met his colleague, Nicu Popescu"."""
    for name in _labelled(doc, "obj", "iobj", "obl", "obl:unmarked", "dep", "xcomp", "ccomp"):
        if name.pos_ != "PROPN" or _preposition(name) is not None:
            continue
        first, last = _bounds(name)
        if first < 2 or doc[first - 1].text != "," or name.i - first > 4 or any(c.dep_ in ("cc", "nsubj", "cop", "nummod") for c in name.children):
            continue
        noun = doc[first - 2]
        after = doc[last + 1] if last + 1 < len(doc) else None
        closed = after is None or after.is_punct or after.is_space
        renamed = noun.tag_ == "NN" and noun.dep_ not in ("nsubj", "compound", "conj") and noun.i != name.head.i and name.head in noun.ancestors
        if closed and renamed and noun.lemma_.lower() not in CALENDAR:
            yield name, noun


def _below_auxiliaries(doc: Doc) -> Iterator[Move]:
    """Move subjects, objects and adverbials hung on an auxiliary before its verb: they belong to the verb."""
    for word in _labelled(doc, *_SUBJECTS, "obj", "iobj", "obl"):
        auxiliary = word.head
        if auxiliary.dep_ in ("aux", "aux:pass") and auxiliary.head.pos_ == "VERB" and word.i < auxiliary.i < auxiliary.head.i:
            yield word, auxiliary.head, word.dep_


def _cut_off_by_preposition(doc: Doc) -> Iterator[Move]:
    """Move objects that are read as subjects of the phrase behind them, and the phrase: "accused Iran of arming them", "blamed Oman for it".

    No subject stands before the preposition that leads its clause or phrase in; what stands there belongs to the verb before it.
    """
    for object_ in _labelled(doc, *_SUBJECTS, "obj", "iobj"):
        phrase = object_.head
        leads_in = next((c for c in phrase.children if c.dep_ in ("mark", "case") and c.tag_ == "IN" and c.lower_ in _LEADING), None)
        if leads_in is None or not object_.i < leads_in.i < phrase.i or any(c.dep_ == "cop" for c in phrase.children):
            continue
        verb = _verb_before(object_, phrase)
        if verb is not None and object_.right_edge.i < leads_in.i and phrase not in verb.ancestors:
            yield object_, verb, "obj"
            yield phrase, verb, "obl" if phrase.tag_ in _NOUNS else "advcl"


def _drawn_on(doc: Doc) -> Iterator[Move]:
    """Move objects right behind a verb without one that are read as fronted objects of a verb further on: "Niinistö, who rang Putin, denied it"."""
    for object_ in _labelled(doc, "obj", "iobj"):
        verb = _verb_before(object_) if object_.head.i > object_.i else None
        if verb is not None and verb.i != object_.head.i and object_ not in verb.ancestors:
            yield object_, verb, "obj"


def _given_to_next(doc: Doc) -> Iterator[Move]:
    """Move names right behind a verb that are read as subjects of a verb further on: "Lind, who rang Novak, denied it", "rang Novak and asked him".

    No subject stands before the "and" that leads its verb in, and none between a verb and the subject that it already has.
    """
    for name in _labelled(doc, *_SUBJECTS):
        verb = _verb_before(name, start=_start(name)) if name.pos_ == "PROPN" and name.i < name.head.i else None
        if verb is None or verb == name.head or verb.lemma_ in _INVERTED:
            continue
        after = name.head
        joined = any(c.dep_ == "cc" and _bounds(name)[1] < c.i < after.i for c in after.children)
        if joined or any(c.dep_ in _SUBJECTS and c.i < verb.i for c in after.children):
            yield name, verb, "obj"
            for subject in after.children if joined and not any(c.dep_ in _SUBJECTS for c in verb.children) else ():
                if subject.dep_ in _SUBJECTS and subject.i < verb.i and after.head == verb:
                    yield subject, verb, "nsubj"


def _hung_back(doc: Doc) -> Iterator[Move]:
    """Move objects right behind the second of two verbs that are hung on the first, which has its own: "thanked Kenya and denied reports that …"."""
    for object_ in _labelled(doc, "obj"):
        first, verb = _bounds(object_)[0], object_.head
        second = doc[first - 1] if first else verb
        told = second.dep_ == "conj" and second.head == verb and second.pos_ == "VERB" and second.tag_ in (verb.tag_, "VBN")
        if told and not any(c.dep_ in _COMPLEMENTS for c in second.children) and any(c.dep_ in ("obj", "iobj") and c.i < second.i for c in verb.children):
            yield object_, second, "obj"


def _agents_of_none(doc: Doc) -> Iterator[Move]:
    """Move names right behind a verb that are read, without a preposition, as adverbials of another: "is said to have telephoned Lind"."""
    for name in _labelled(doc, "obl", "obl:agent"):
        verb = _verb_before(name) if name.pos_ == "PROPN" and name.lower_ not in CALENDAR and _preposition(name) is None else None
        if verb is not None and verb != name.head and verb.lemma_ not in _INVERTED:
            yield name, verb, "obj"


def _agents_behind(doc: Doc) -> Iterator[Move]:
    """Make a phrase with "by" behind a passive, read as its subject, its agent: "was killed by a drone launched by the militia"."""
    for phrase in _labelled(doc, "nsubj:pass", "nsubj"):
        preposition = _preposition(phrase) if phrase.i > phrase.head.i else None
        if preposition is not None and preposition.lower_ == "by" and any(c.dep_ == "aux:pass" for c in phrase.head.children):
            yield phrase, phrase.head, "obl:agent"


def _speakers_behind_gerund(doc: Doc) -> Iterator[Move]:
    """Move who says what stands before them, read as the subject of the gerund there: "…, killing three, the governor said"."""
    for subject in _labelled(doc, "nsubj", "dep"):
        gerund = subject.head
        if gerund.tag_ != "VBG" or subject.i < gerund.i or subject.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        if not any(c.dep_ == "obj" and gerund.i < c.i < subject.i for c in gerund.children):
            continue
        saying = next((t for t in gerund.ancestors if t.lemma_ in _SAYING and t.i > subject.i), None)
        if saying is not None and not any(c.dep_ == "nsubj" for c in saying.children):
            yield subject, saying, "nsubj"


def _agents_with_of(doc: Doc) -> Iterator[Move]:
    """Move what "of" leads in, read as an agent, to the noun right before: "strikes coordinated with and in support of the government of Niger"."""
    for phrase in _labelled(doc, "obl:agent"):
        preposition = _preposition(phrase)
        noun = doc[preposition.i - 1] if preposition is not None and preposition.i and preposition.lower_ == "of" else None
        if noun is not None and noun.pos_ == "NOUN" and noun.head == phrase.head:
            yield phrase, noun, "nmod"


def _doers_of_objects(doc: Doc) -> Iterator[Move]:
    """Hang a name with "by" right behind the object of an active verb on the object: "deplores the killing of Lind by Chad"."""
    for name in _labelled(doc, "obl", "obl:agent"):
        preposition = _preposition(name) if name.pos_ == "PROPN" and name.lower_ not in CALENDAR else None
        if preposition is None or preposition.lower_ != "by" or preposition.i < 2:
            continue
        before = doc[preposition.i - 1]
        noun = next((c for c in name.head.children if c.dep_ == "obj" and c.i < preposition.i and (c == before or c in before.ancestors)), None)
        active = name.head.tag_ != "VBN" and not any(c.dep_ in ("aux:pass", "nsubj:pass") for c in name.head.children)
        if noun is not None and noun.pos_ == "NOUN" and active:
            yield name, noun, "nmod"


def _told_to(doc: Doc) -> Iterator[Move]:
    """Make who stands between "for" and "to" the subject of the infinitive that both mark: "its call for Chad to withdraw"."""
    for opening in _labelled(doc, "mark"):
        verb = opening.head
        if opening.lower_ != "for" or verb.tag_ != "VB" or opening.i > verb.i or any(c.dep_ in _SUBJECTS for c in verb.children):
            continue
        to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "mark"), None)
        noun = next((t for t in doc[opening.i + 1 : to.i] if t.head == verb.head), None) if to is not None else None
        if to is not None and noun is not None and noun.dep_ in ("nmod", "obl", "obj") and noun.left_edge.i == opening.i + 1 and noun.right_edge.i == to.i - 1:
            yield noun, verb, "nsubj"


def _behind_terms(doc: Doc) -> Iterator[Move]:
    """Make what follows "in the strongest possible terms" the object of the verb before it: "condemns in the strongest terms today's attack"."""
    for terms in spelled(doc, ("terms",)):
        opening = next((t for t in reversed(doc[max(terms.sent.start, terms.i - _LONGEST_TERMS) : terms.i]) if t.lower_ == "in"), None)
        verb = opening.nbor(-1) if opening is not None and opening.i > terms.sent.start else None
        if opening is None or verb is None or verb.lemma_ not in _TAKES_NO_CLAUSE or any(c.dep_ == "obj" for c in verb.children):
            continue
        noun = next((n for n in (terms.head, *terms.children, *verb.children) if _stands_behind(n, terms)), None)
        if noun is None or verb not in noun.ancestors:
            continue
        yield terms, verb, "obl"
        yield opening, terms, "case"
        for word in doc[opening.i + 1 : terms.i]:
            if word.head.i > terms.i:
                yield word, terms, word.dep_
        yield noun, verb, "obj"
        for word in [c for c in terms.children if c.i > terms.i and c != noun and c.i < noun.i]:
            yield word, noun, word.dep_


def _stands_behind(noun: Token, terms: Token) -> bool:
    """Tell whether nothing but its own words stands between "terms" and a noun."""
    first = noun.i
    while first - 1 > terms.i and noun.doc[first - 1].tag_ in ("DT", "JJ", "JJS", "NN", "NNP", "POS", "PRP$", "CD", "VBN", "VBG", "HYPH", "RB", "NNS"):
        first -= 1
    return noun.i > terms.i and noun.tag_ in ("NN", "NNS", "NNP") and first == terms.i + 1


def _titles_beside(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield the first of two subjects that nothing parts, the second of which is a name that it describes: "Minister for Asia Ana Lind said"."""
    for name in _labelled(doc, *_SUBJECTS):
        first, _ = _bounds(name)
        if name.pos_ != "PROPN" or name.i > name.head.i or not first:
            continue
        title = next((c for c in name.head.children if c.dep_ in _SUBJECTS and c != name and c.right_edge.i == first - 1), None)
        if title is not None and title.is_title and title.tag_ in ("NN", "NNP") and title.lemma_.lower() in _OFFICES:
            yield title, name


def _beyond_parenthesis(doc: Doc) -> Iterator[Move]:
    """Move phrases right behind a verb that hang on the clause put in before it: "the president had, he conceded, spoken with Lind"."""
    for phrase in _labelled(doc, "obl"):
        preposition = _preposition(phrase)
        verb = doc[preposition.i - 1] if preposition is not None and preposition.i else None
        if verb is not None and verb.pos_ == "VERB" and verb.dep_ == "ccomp" and verb.head == phrase.head and verb.head.i < verb.i:
            yield phrase, verb, "obl"


def _lone_conjuncts(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield names between commas read as the second of a list without "and", with the noun they rename: "asked the consul of Peru, Ana Lind, to leave"."""
    for name in _labelled(doc, "conj"):
        first, last = _bounds(name)
        listed, above = name.head, name.head.head
        closed = first > 0 and doc[first - 1].text == "," and last + 1 < len(doc) and doc[last + 1].text == ","
        alone = not any(c.dep_ == "cc" for c in (*name.children, *listed.children)) and not any(c.dep_ == "conj" and c != name for c in listed.children)
        alone = alone and not any(c.dep_ == "conj" for c in name.children)
        owner = listed.dep_ == "nmod" and listed.pos_ == "PROPN" and above.tag_ == "NN" and above.i < listed.i
        if closed and alone and owner and name.pos_ == "PROPN":
            yield name, above


def _behind_second(doc: Doc) -> Iterator[Move]:
    """Move names right behind the second verb of a subject that are read as a subject of its own: "condemned it, rang Novak and asked for help"."""
    for name in _labelled(doc, "nsubj"):
        verb = _verb_before(name) if name.pos_ == "PROPN" and name.i > name.head.i else None
        if verb is None or verb != name.head or verb.dep_ != "conj" or verb.lemma_ in _INVERTED:
            continue
        if any(c.dep_ in _SUBJECTS for c in verb.head.children) and not any(c.dep_ in _SUBJECTS and c != name for c in verb.children):
            yield name, verb, "obj"


def _joined_parts(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield words read as a part of a name that have an "and" or a preposition of their own, with the name: "with Ana Lind and with Tomas Novak"."""
    for part in _labelled(doc, "flat"):
        if part.pos_ == "PROPN" and any(c.dep_ == "cc" and c.i < part.i for c in part.children) and part.i > part.head.i:
            yield part, part.head


def _predicates_joined(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield predicate nouns that are coordinated with a noun below a verb, with the verb: "got aid from Qatar and was a member of the front"."""
    for noun in _labelled(doc, "conj"):
        copulas = [c for c in noun.children if c.dep_ == "cop" and c.tag_ in ("VBD", "VBZ", "VBP")]
        if not copulas or copulas[0].nbor(-1).lower_ not in ("and", "but") or any(c.dep_ in _SUBJECTS for c in noun.children):
            continue
        predicate = any(c.dep_ == "cop" for c in noun.head.children)
        verb = next((t for t in noun.head.ancestors if t.pos_ == "VERB"), None)
        above = noun.head.pos_ in ("NOUN", "PROPN", "NUM") and not predicate
        if above and verb is not None and any(c.dep_ in _SUBJECTS and c.i < verb.i for c in verb.children):
            yield noun, verb


def _bounds(noun: Token) -> tuple[int, int]:
    """Return where the words under a token begin and end, without commas around them."""
    first, last = noun.left_edge.i, noun.right_edge.i
    while first < noun.i and noun.doc[first].is_punct:
        first += 1
    while last > noun.i and noun.doc[last].is_punct:
        last -= 1
    return first, last


def _relatives(doc: Doc) -> Iterator[Move]:
    """Hang clauses with "who" or "which" behind a comma that are read as another kind of clause on the noun before the comma."""
    for clause in _labelled(doc, "ccomp", "advcl", "parataxis", "dep", "conj"):
        pronoun = next((c for c in clause.children if c.dep_ in (*_SUBJECTS, "obj") and c.lower_ in ("who", "which") and c.i < clause.i), None)
        if pronoun is None or clause.pos_ != "VERB" or pronoun.i < 2 or doc[pronoun.i - 1].text != "," or pronoun.sent[-1].text == "?":
            continue
        noun = next((c for c in clause.children if c.dep_ in _SUBJECTS and c.i < pronoun.i - 1), doc[pronoun.i - 2])
        while noun.dep_ in ("flat", "compound") and noun.head.i != noun.i:
            noun = noun.head
        if noun.pos_ not in ("NOUN", "PROPN") or (noun.head != clause and clause in noun.ancestors):
            continue
        if noun.head == clause:
            verb = _verb_before(noun, clause)
            yield (noun, verb, "obj") if verb is not None else (noun, clause.head, "obl" if _preposition(noun) is not None else noun.dep_)
        yield clause, noun, "acl:relcl"


def _reduced_objects(doc: Doc) -> Iterator[Move]:
    """Hang participles that are read as what a verb says, though it takes no clause, on its object: "welcomed the deal reached between the two"."""
    for participle in _labelled(doc, "ccomp"):
        verb = participle.head
        bare = not any(c.dep_ in ("aux", "aux:pass", "mark", "cop", "obj") and c.i < participle.i for c in participle.children)
        if participle.tag_ not in ("VBN", "VBD") or verb.pos_ != "VERB" or verb.lemma_ not in _TAKES_NO_CLAUSE or not bare or participle.i < verb.i:
            continue
        own = [c for c in participle.children if c.dep_ in _SUBJECTS and c.i < participle.i]
        noun = own[0] if len(own) == 1 else next((c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < participle.i), None)
        if noun is None or noun.pos_ not in ("NOUN", "PROPN") or noun.i < verb.i or (own and any(c.dep_ == "obj" for c in verb.children)):
            continue
        if any(c.dep_ == "obj" for c in participle.children):
            continue  # "condemned, Togo said, the raid"
        yield noun, verb, "obj"
        yield participle, noun, "acl"


def _which_clauses(doc: Doc) -> Iterator[Move]:
    """Hang clauses with "which" that are read as what a verb before them says on the noun they describe: "condemned raids in Togo which have killed"."""
    for clause in _labelled(doc, "ccomp"):
        verb = clause.head
        pronoun = next((c for c in clause.children if c.lower_ == "which" and c.dep_ in (*_SUBJECTS, "obl", "obj") and c.i < clause.i), None)
        if pronoun is None or clause.pos_ not in ("VERB", "AUX") or verb.pos_ != "VERB" or clause.i < verb.i or pronoun.sent[-1].text == "?":
            continue
        opening = _preposition(pronoun) or pronoun
        last = doc[opening.i - 1 - (doc[opening.i - 1].text == "," and opening != pronoun)]
        noun = _described(last, verb, clause, pronoun)
        if opening.i == clause.left_edge.i + clause.left_edge.is_punct and noun is not None:
            yield clause, noun, "acl:relcl"


def _clauses_of_deeds(doc: Doc) -> Iterator[Move]:
    """Hang clauses that only a deed can be told of on the deed, not on what it hit: "the attack on the Pearl Hotel, which was claimed by"."""
    for clause in _labelled(doc, "acl:relcl"):
        if not any(c.dep_ in _SUBJECTS and c.lower_ in ("which", "that") for c in clause.children):
            continue
        place = any(c.dep_ == "obj" and c.lower_ == "place" for c in clause.children)
        leaves = clause.lemma_ == "leave" and any(c.lower_ in _HARMED for c in clause.subtree)
        if clause.lemma_ not in _OF_DEEDS and not (clause.lemma_ == "take" and place) and not leaves:
            continue
        node = clause.head
        while node.lemma_.lower() not in ATTACKS and _hangs_in_phrase(node):
            node = node.head
        if node.i != clause.head.i and node.lemma_.lower() in ATTACKS and node.pos_ == "NOUN":
            yield clause, node, "acl:relcl"
        outer = next((c for c in clause.sent.root.children if c.dep_ == "conj" and c.i > clause.i and c.lemma_ == "result"), None)
        if outer is not None and not any(c.dep_ in _SUBJECTS for c in outer.children):
            yield outer, clause, "conj"  # "condemned the attack which was claimed by X and resulted in deaths"


def _clauses_of_gatherings(doc: Doc) -> Iterator[Move]:
    """Hang clauses on who holds or attends something on that, not on where it is: "the summit in Vilnius, which Lithuania will host"."""
    for clause in _labelled(doc, "acl:relcl"):
        place = clause.head
        held = clause.lemma_ in _HELD and any(c.dep_ == "obj" and c.lower_ in ("which", "that") for c in clause.children)
        preposition = _preposition(place)
        if held and preposition is not None and preposition.lower_ in ("in", "at", "of") and place.dep_ == "nmod" and place.head.i < place.i:
            yield clause, place.head, "acl:relcl"


def _hangs_in_phrase(node: Token) -> bool:
    """Tell whether a word hangs on the noun of its phrase, or on a participle behind that: "the attack carried out by X against Y"."""
    within = node.dep_ in ("nmod", "appos", "flat", "compound", "nmod:desc", "acl") or (node.dep_ in ("obl", "obl:agent") and node.head.dep_ == "acl")
    return within and node.head.i < node.i


def _described(last: Token, verb: Token, clause: Token, pronoun: Token) -> Token | None:
    """Return the noun that a clause behind a phrase describes: the nearest of its number, or what the verb acts on if a preposition leads the clause in."""
    chain = []
    while last.i > verb.i and last.i != last.head.i:
        chain += [last] if last.pos_ in ("NOUN", "PROPN") and last.dep_ not in ("flat", "compound") else []
        if last.head.pos_ in ("VERB", "AUX"):
            break
        last = last.head
    if not chain or (last.head != verb and verb not in last.head.ancestors):
        return None
    if _preposition(pronoun) is not None:
        return next((c for c in last.head.children if c.dep_ in ("obj", "iobj", "nsubj:pass")), chain[0])
    finite = next((c for c in clause.children if c.dep_.startswith(("aux", "cop"))), clause)
    several = finite.lower_ in ("have", "are", "were") or finite.tag_ == "VBP"
    fitting = (n for n in chain if (n.tag_ in ("NNS", "NNPS")) == several)
    return next(fitting, chain[0]) if several or finite.lower_ in ("has", "is", "was") or finite.tag_ == "VBZ" else chain[0]


def _start(name: Token) -> int:
    """Return where a name begins with what stands before it, whatever that hangs on: "the EU's Ana Lind", "Mr Lind"."""
    first, _ = _bounds(name)
    while first > name.sent.start and (name.doc[first - 1].pos_ in ("PROPN", "DET") or name.doc[first - 1].tag_ == "POS"):
        first -= 1
    return first


def _verb_before(noun: Token, phrase: Token | None = None, start: int | None = None) -> Token | None:
    """Return the active verb without an object that a noun phrase stands right behind; `phrase` counts for none, whatever its label."""
    first = _bounds(noun)[0] if start is None else start
    if not first or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.tag_ in ("WP", "WDT"):
        return None
    verb = noun.doc[first - 1]
    active = any((c.lemma_ == "have" and c.dep_ == "aux") or (c.lower_ in ("who", "which") and c.dep_ == "nsubj") for c in verb.children)
    finite = verb.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VB") or (verb.tag_ == "VBN" and active)
    taken = any(c.dep_ in ("aux:pass", "nsubj:pass", *_COMPLEMENTS) and c != phrase for c in verb.children)
    return verb if verb.pos_ == "VERB" and finite and not taken else None


def _unmarked(doc: Doc) -> Iterator[Move]:
    """Move prepositions that are read as marks of a verb before them, and the noun read as its subject: "held talks with Chief Ferretti"."""
    for preposition in _labelled(doc, "mark"):
        verb = preposition.head
        if preposition.tag_ != "IN" or preposition.lower_ not in _LEADING or verb.i > preposition.i:
            continue
        noun = next((c for c in verb.children if c.dep_ in ("nsubj", "obj", "iobj", "obl") and c.left_edge.i == preposition.i + 1), None)
        if noun is not None and noun.pos_ in ("NOUN", "PROPN"):
            yield preposition, noun, "case"
            yield noun, verb, "obl"


def _called_on(doc: Doc) -> Iterator[Move]:
    """Give a noun back the preposition before it that is read as a particle of "call", or as the mark of the clause behind: "calling on Kenya to leave"."""
    for preposition in _labelled(doc, "compound:prt", "mark", "case"):
        verb = doc[preposition.i - 1] if preposition.i else preposition
        particle = preposition.dep_ == "compound:prt"
        if preposition.lower_ not in ("on", "upon") or verb.pos_ != "VERB" or (verb.lemma_ != "call" if particle else preposition.head.i < preposition.i):
            continue
        labels = _BARE if not particle else ("obj", "iobj", "obl")
        noun = next((c for c in verb.children if c.dep_ in labels and c.left_edge.i == preposition.i + 1), None)
        if noun is not None and noun.pos_ in ("NOUN", "PROPN", "PRON"):
            yield preposition, noun, "case"
            yield noun, verb, "obl"


def _told_pronouns(doc: Doc) -> Iterator[Move]:
    """Make a pronoun behind "that", read as the object of the verb of saying, the subject of the clause: "said in a statement that it condemned"."""
    for pronoun in _labelled(doc, "obj", "iobj"):
        that = doc[pronoun.i - 1] if pronoun.i else pronoun
        clause = that.head
        behind = pronoun.tag_ == "PRP" and that.lower_ == "that" and that.dep_ == "mark" and clause.i > pronoun.i and clause.head == pronoun.head
        if behind and not any(c.dep_ in (*_SUBJECTS, "expl") for c in clause.children):
            yield pronoun, clause, "nsubj"


def _lacks_object(verb: Token) -> bool:
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    active = perfect or any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)  # "Lind co-chaired the talks", read with a participle
    passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children) or (verb.tag_ == "VBN" and not active)
    return verb.pos_ == "VERB" and not passive and not any(c.dep_ in _COMPLEMENTS for c in verb.children)


def _told_on(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield verbs hung on a verb of saying that go on with what is said: in "said they had crossed the border and killed two" nobody who speaks killed.

    What is said stands in the perfect, and so does the verb behind it; a comma before "and" takes up the speaker again.
    """
    for verb in _labelled(doc, "conj"):
        saying = verb.head
        told = next((c for c in saying.children if c.dep_ == "ccomp" and saying.i < c.i < verb.i and c.pos_ == "VERB"), None)
        if told is None or verb.tag_ not in ("VBD", "VBN") or any(c.dep_ in (*_SUBJECTS, "aux", "aux:pass", "mark") for c in verb.children):
            continue
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in told.children)
        joined = next((c for c in verb.children if c.dep_ == "cc" and c.i < verb.i), None)
        if perfect and joined is not None and joined.i and doc[joined.i - 1].text not in (",", "”", '"', "’", "'"):
            yield verb, told


def _told_off(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield verbs behind ", and" that are hung on what is said and stand in the tense of the verb of saying: "says it broke the law, and has fined it"."""
    for verb in _labelled(doc, "conj"):
        told = verb.head
        saying = told.head
        joined = next((c for c in verb.children if c.dep_ == "cc"), None)
        if told.dep_ != "ccomp" or not saying.i < told.i < verb.i or joined is None or "," not in (doc[joined.i - 1].text, joined.left_edge.text):
            continue
        free = not any(c.dep_ in (*_SUBJECTS, "mark") for c in verb.children) and any(c.dep_ in _SUBJECTS for c in told.children)
        if free and _tense(verb) == _tense(saying) is not None and _tense(told) not in (None, _tense(saying)):
            yield verb, saying


def _tense(verb: Token) -> str | None:
    """Return whether a verb stands in the present (perfect) or in the past; None if neither shows."""
    if any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children) or verb.tag_ in ("VBZ", "VBP"):
        return "present"
    return "past" if verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children) else None


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


_PASSES = (
    (_second_lists, "appos"),
    (_described_names, "nmod:desc"),
    (_lone_conjuncts, "appos"),
    (_parted, "case"),
    (_hidden_phrases, "nmod"),
    (_hung_ahead, "acl"),
    (_strayed_agents, "obl:agent"),
    (_renamed_subjects, "appos"),
    (_titles_beside, "nmod:desc"),
    (_torn_names, "nsubj"),
    (_torn_pronouns, "nsubj"),
    (_crossing, "obl"),
    (_told_clauses, "acl"),
    (_misread_appositions, "appos"),
    (_roles_apart, "appos"),
    (_strayed, "nsubj"),
    (_told_on, "conj"),
    (_told_off, "conj"),
    (_joined_parts, "conj"),
    (_predicates_joined, "conj"),
)
"""Finders of words that hang wrong, each with the label that they are to have."""
_REBUILT = (
    _beneath_names, _beyond_source, _called_on, _envoys_to, _gerunds_of, _participles_behind, _commanding, _possessors_joined, _reduced,
    _subjects_renaming, _joined_subjects, _joined_later, _bound_particles, _turned_appositions, _below_auxiliaries, _cut_off_by_preposition,
    _relatives, _which_clauses, _clauses_of_deeds, _clauses_of_gatherings, _reduced_objects, _beyond_clauses, _titles_hung_back, _speakers_apposed,
    _semicolons, _days_within, _led_subjects, _titled_pairs, _beyond_adjectives, _beyond_agents, _beyond_worth, _result_of_alleged, _drawn_on,
    _given_to_next, _behind_second, _hung_back, _agents_of_none, _agents_behind, _agents_with_of, _speakers_behind_gerund, _doers_of_objects,
    _told_to, _behind_terms, _beyond_parenthesis, _unmarked, _told_pronouns, _verbless, _fired_tests,
)  # fmt: skip
"""Finders that say where each word of a construction belongs."""
