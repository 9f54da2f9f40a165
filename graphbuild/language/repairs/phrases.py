"""Repairs of how objects, agents and phrases with a preposition hang on verbs and nouns."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import (
    BARE,
    CALENDAR,
    COMPLEMENTS,
    INVERTED,
    LEADING,
    NOUNS,
    RELATIVE,
    SAYING,
    SUBJECTS,
    TAKES_NO_CLAUSE,
    Move,
    bounds_of,
    has_passive,
    labelled,
    lacks_object,
    later_parts,
    preposition_of,
    start_of,
    verb_before,
)

_LONGEST_TERMS = 6
"""How many words "in the strongest possible terms" may have before the last."""
_HAPPENING = frozenset("take hold occur begin start continue resume erupt break open reach sign conclude follow ensue happen".split())
"""Verbs that tell of their subject that it takes place, or is brought about."""
_DEEDS = ("attack", "raid", "strike", "assault", "ambush", "arrest", "use", "ing", "ion", "ment", "ure")
"""Ends of nouns for what somebody does."""
_SHARING = frozenset("for with of on".split())
"""Prepositions of what several objects may have each."""


def strayed_agents(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield agents hung on the noun before a participle, or a verb behind it, with it: "a piece published today by the agency", "accused by Peru of arming"."""
    for agent in labelled(doc, "nmod", *SUBJECTS):
        by = preposition_of(agent)
        if by is None or by.lower_ != "by":
            continue
        gerund, passive = agent.head, agent.head.head
        if gerund.tag_ == "VBG" and passive.tag_ == "VBN" and passive.i == by.i - 1 and any(c.dep_ == "mark" and c.i > agent.i for c in gerund.children):
            yield agent, passive
            continue
        described = [agent.head] if agent.dep_ == "nmod" else [c for c in agent.head.children if c.dep_ in SUBJECTS and c.i < by.i]
        participle = next((c for d in described for c in d.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i < by.i), None)
        if participle is not None and not any(c.dep_ == "obl:agent" for c in participle.children):
            yield agent, participle


def included(doc: Doc) -> Iterator[Move]:
    """Hang who is named as one of several on these: "two people were killed in the raid, including a soldier"."""
    for case in spelled(doc, ("including",)):
        one = case.head
        verb = one.head
        if case.dep_ not in ("case", "mark") or one.i < case.i or one.dep_ not in ("obl", "obl:agent", "obl:unmarked") or verb.pos_ != "VERB":
            continue
        before = [c for c in verb.children if c.i < case.i and (c.tag_ in ("NNS", "NNPS") or c.pos_ == "NUM") and c.pos_ != "VERB"]
        several = next((c for label in ("obj", "nsubj:pass", "nsubj") for c in before if c.dep_ == label), before[-1] if before else None)
        if several is not None:
            yield one, several, "nmod"
    for case in spelled(doc, ("including", "among")):
        one = case.head
        single = one.dep_ in ("appos", "nmod") and one.pos_ == "PROPN" and one.head.tag_ == "NN" and one.head.i < case.i
        deed = one.head.head if single else one
        noun = deed.head.head if single and deed.head.dep_ == "acl" else deed.head
        if single and noun.tag_ == "NNS" and any(c.dep_ == "nummod" for c in noun.children) and noun.i < deed.i:
            yield one, noun, "nmod"  # "six men suspected of killing a judge, including Ali Diallo"


def deeds_by(doc: Doc) -> Iterator[Move]:
    """Hang who did it, and to whom, on the deed that is the object of an active verb: "condemned the attack by gunmen on a patrol"."""
    for agent in labelled(doc, "obl", "obl:agent"):
        by, verb = preposition_of(agent), agent.head
        deed = next((c for c in verb.children if c.dep_ == "obj" and by is not None and c.right_edge.i == by.i - 1), None)
        if by is None or by.lower_ != "by" or deed is None or deed.tag_ not in ("NN", "NNS") or agent.lower_ in CALENDAR:
            continue
        active = any(c.dep_ == "nsubj" for c in verb.children) and not has_passive(verb)
        if not active or not deed.lemma_.lower().endswith(_DEEDS) or agent.pos_ not in ("NOUN", "PROPN"):
            continue
        yield agent, deed, "nmod"
        for below in agent.children:
            onto = preposition_of(below) if below.dep_ == "nmod" and below.i > agent.i else None
            if onto is not None and onto.lower_ in ("on", "against") and onto.i == below.left_edge.i:
                yield below, deed, "nmod"


def joined_agents(doc: Doc) -> Iterator[Move]:
    """Coordinate what "and" joins right behind who did something with that, not with a noun before the clause: "which was signed by Chad and ten parties"."""
    for second in labelled(doc, "conj"):
        joint = next((c for c in second.children if c.dep_ == "cc" and c.i < second.i), None)
        if joint is None or joint.i != bounds_of(second)[0] or joint.lower_ != "and" or second.pos_ not in ("NOUN", "PROPN"):
            continue
        before = doc[joint.i - 1]
        agent = next((t for t in (before, *before.ancestors) if t.dep_ == "obl:agent"), None)
        if agent is not None and agent.right_edge.i == joint.i - 1 and second.head.i < agent.head.i and second.head in agent.ancestors:
            yield second, agent, "conj"


def terms_of_office(doc: Doc) -> Iterator[Move]:
    """Hang the years of an office, hung on the verb, on the office in apposition before them: "Ana Lind, its head since 2019, was arrested"."""
    for case in spelled(doc, ("since", "until", "from", "in")):
        years, verb = case.head, case.head.head
        if case.dep_ != "case" or years.dep_ not in ("obl", "nmod") or not years.like_num or verb.pos_ not in ("VERB", "ADJ") or case.i == 0:
            continue
        office = next((t for t in (doc[case.i - 1], *doc[case.i - 1].ancestors) if t.dep_ == "appos" and t.pos_ == "NOUN"), None)
        if office is None or office.right_edge.i != case.i - 1 or office.i == verb.i:
            continue
        last = bounds_of(years)[1]
        ends = doc[last + 1].text if last + 1 < len(doc) else "."
        closed = ends == "," and (years.i < verb.i or case.lower_ != "in")
        if closed or (ends == "." and case.lower_ == "since" and verb.tag_ == "VBD"):
            yield years, office, "nmod"


def bound_particles(doc: Doc) -> Iterator[Move]:
    """Move particles of a verb that are read as prepositions of its object, and the object: "burned down the village"."""
    for noun in labelled(doc, "obl"):
        particle = next((c for c in noun.children if c.dep_ == "case"), None)
        called = noun.head.lemma_ == "call" and particle is not None and particle.lower_ in ("on", "upon")  # "called on all parties to return"
        if particle is None or called:
            continue
        if particle.tag_ == "RP" and noun.head.pos_ == "VERB" and particle.i == noun.head.i + 1 and lacks_object(noun.head):
            yield particle, noun.head, "compound:prt"
            yield noun, noun.head, "obj"


def led_subjects(doc: Doc) -> Iterator[Move]:
    """Move phrases with a preposition that are read as subjects of a noun further on: "held a call with Ana Lind on Friday, their first talk"."""
    for phrase in labelled(doc, "nsubj"):
        preposition = preposition_of(phrase)
        above = phrase.head
        if preposition is None or preposition.lower_ not in ("with", "to", "from", "for") or above.pos_ != "NOUN" or above.i < phrase.i or not preposition.i:
            continue
        before = doc[preposition.i - 1]
        if before.pos_ in ("NOUN", "VERB") and phrase not in before.ancestors and above.dep_ in ("parataxis", "appos", "advcl", "dep"):
            yield phrase, before, "nmod" if before.pos_ == "NOUN" else "obl"


def beyond_adjectives(doc: Doc) -> Iterator[Move]:
    """Hang phrases behind a noun that are read as those of a word before it on the noun: "a meeting of the Joint Commission with Ana Lind"."""
    for phrase in labelled(doc, "obl", "nmod"):
        inner = phrase.head
        if inner.dep_ in ("amod", "compound", "det") and inner.i < inner.head.i < phrase.left_edge.i and inner.head.pos_ in ("NOUN", "PROPN"):
            yield phrase, inner.head, "nmod"


def beyond_agents(doc: Doc) -> Iterator[Move]:
    """Hang whom a deed hits on the deed, not on who did it: "attacks by the militia on civilians"."""
    for phrase in labelled(doc, "nmod", "obl"):
        agent, preposition = phrase.head, preposition_of(phrase)
        by = preposition_of(agent)
        hits = preposition is not None and preposition.lower_ in ("on", "against") and agent.i < preposition.i
        if hits and by is not None and by.lower_ == "by" and agent.dep_ == "nmod" and agent.head.i < by.i and agent.head.pos_ == "NOUN":
            yield phrase, agent.head, "nmod"


def beyond_worth(doc: Doc) -> Iterator[Move]:
    """Hang whom something is for on it, not on what it is worth: "a package worth 10 million euros for Moldova"."""
    for phrase in labelled(doc, "obl", "nmod"):
        worth = next((t for t in (phrase.head, phrase.head.head) if t.lower_ == "worth"), None)
        preposition = preposition_of(phrase)
        if worth is None or preposition is None or preposition.lower_ not in ("for", "to", "with") or preposition.i < worth.i:
            continue
        noun = next((c for c in worth.head.children if c.dep_ == "obj"), worth.head) if worth.dep_ == "xcomp" else worth.head
        while noun.dep_ == "nmod" and noun.head.pos_ == "NOUN" and noun.head.i < noun.i:
            noun = noun.head
        if noun.pos_ == "NOUN" and noun.i < worth.i:
            yield phrase, noun, "nmod"


def beyond_source(doc: Doc) -> Iterator[Move]:
    """Make who is named behind a source and a comma the subject of the verb there, no second source: "which, according to Reuters, Chile has criticised"."""
    for source in labelled(doc, "obl", "nmod"):
        cited = any(c.lower_ == "according" and c.dep_ == "case" for c in source.children)
        opening = doc[max(0, bounds_of(source)[0] - 2)] if cited else source
        if opening.lower_ in RELATIVE and opening.dep_ in (*SUBJECTS, "obj") and opening.head.dep_ == "acl:relcl" and opening.head.i > source.i:
            yield source, opening.head, "obl"
        named = next((c for c in source.children if c.dep_ == "conj"), None) if cited else None
        if named is None or doc[bounds_of(named)[0] - 1].text != "," or bounds_of(named)[0] - 2 != max(t.i for t in (source, *later_parts(source))):
            continue
        after = doc[min(bounds_of(named)[1] + 1, len(doc) - 1)]
        verb = after.head if after.dep_ in ("aux", "aux:pass") else after
        own = [c for c in verb.children if c.dep_ in SUBJECTS]
        if verb.pos_ != "VERB" or named in verb.ancestors or any(c.lower_ not in RELATIVE for c in own):
            continue
        yield from ((pronoun, verb, "obj") for pronoun in own)
        yield named, verb, "nsubj"
        yield source, verb, "obl"


def parted(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield prepositions hung on a verb further on, with the noun right behind that they lead in: "the decision of Ana Lind to leave"."""
    for noun in labelled(doc, "nmod", "obl"):
        first, _ = bounds_of(noun)
        if not first or noun.pos_ not in ("NOUN", "PROPN") or any(c.dep_ == "case" for c in noun.children):
            continue
        preposition = doc[first - 1]
        strayed = preposition.dep_ in ("mark", "case") and preposition.lower_ in ("of", "by", "with", "from", "against") and preposition.head.i > noun.i
        if strayed and preposition.head not in noun.ancestors:
            yield preposition, noun


def hidden_phrases(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield phrases with a preposition read as a second subject of the verb behind them, with the first: "the arrest of Ana Lind by police drew …"."""
    for phrase in labelled(doc, *SUBJECTS):
        preposition = preposition_of(phrase)
        if preposition is None or preposition.lower_ not in ("by", "of", "with", "from", "against", "to") or phrase.head.i < phrase.i:
            continue
        subject = next((c for c in phrase.head.children if c.dep_ in SUBJECTS and c.right_edge.i == bounds_of(phrase)[0] - 1), None)
        if subject is not None:
            yield phrase, subject


def crossing(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield phrases behind a verb that are hung on its subject before it, with the verb: "Lind quit as minister"."""
    for phrase in labelled(doc, "nmod"):
        subject = phrase.head
        verb = subject.head
        if subject.dep_ in SUBJECTS and subject.i < verb.i < phrase.i and verb.pos_ == "VERB" and preposition_of(phrase) is not None:
            yield phrase, verb


def cut_off_by_preposition(doc: Doc) -> Iterator[Move]:
    """Move objects that are read as subjects of the phrase behind them, and the phrase: "accused Iran of arming them", "blamed Oman for it".

    No subject stands before the preposition that leads its clause or phrase in; what stands there belongs to the verb before it.
    """
    for object_ in labelled(doc, *SUBJECTS, "obj", "iobj"):
        phrase = object_.head
        leads_in = next((c for c in phrase.children if c.dep_ in ("mark", "case") and c.tag_ == "IN" and c.lower_ in LEADING), None)
        if leads_in is None or not object_.i < leads_in.i < phrase.i or any(c.dep_ == "cop" for c in phrase.children):
            continue
        verb = verb_before(object_, phrase)
        if verb is not None and object_.right_edge.i < leads_in.i and phrase not in verb.ancestors:
            yield object_, verb, "obj"
            yield phrase, verb, "obl" if phrase.tag_ in NOUNS else "advcl"


def drawn_on(doc: Doc) -> Iterator[Move]:
    """Move objects right behind a verb without one that are read as fronted objects of a verb further on: "Niinistö, who rang Putin, denied it"."""
    for object_ in labelled(doc, "obj", "iobj"):
        verb = verb_before(object_) if object_.head.i > object_.i else None
        if verb is not None and verb.i != object_.head.i and object_ not in verb.ancestors:
            yield object_, verb, "obj"


def given_to_next(doc: Doc) -> Iterator[Move]:
    """Move names right behind a verb that are read as subjects of a verb further on: "Lind, who rang Novak, denied it", "rang Novak and asked him".

    No subject stands before the "and" that leads its verb in, and none between a verb and the subject that it already has.
    """
    for name in labelled(doc, *SUBJECTS):
        verb = verb_before(name, start=start_of(name)) if name.pos_ == "PROPN" and name.i < name.head.i else None
        if verb is None or verb == name.head or verb.lemma_ in INVERTED:
            continue
        after = name.head
        joined = any(c.dep_ == "cc" and bounds_of(name)[1] < c.i < after.i for c in after.children)
        if joined or any(c.dep_ in SUBJECTS and c.i < verb.i for c in after.children):
            yield name, verb, "obj"
            for subject in after.children if joined and not any(c.dep_ in SUBJECTS for c in verb.children) else ():
                if subject.dep_ in SUBJECTS and subject.i < verb.i and after.head == verb:
                    yield subject, verb, "nsubj"


def hung_back(doc: Doc) -> Iterator[Move]:
    """Move objects right behind the second of two verbs that are hung on the first, which has its own: "thanked Kenya and denied reports that …"."""
    for object_ in labelled(doc, "obj"):
        first, verb = bounds_of(object_)[0], object_.head
        second = doc[first - 1] if first else verb
        told = second.dep_ == "conj" and second.head == verb and second.pos_ == "VERB" and second.tag_ in (verb.tag_, "VBN")
        if told and not any(c.dep_ in COMPLEMENTS for c in second.children) and any(c.dep_ in ("obj", "iobj") and c.i < second.i for c in verb.children):
            yield object_, second, "obj"


def agents_of_none(doc: Doc) -> Iterator[Move]:
    """Move names right behind a verb that are read, without a preposition, as adverbials of another: "is said to have telephoned Lind"."""
    for name in labelled(doc, "obl", "obl:agent"):
        verb = verb_before(name) if name.pos_ == "PROPN" and name.lower_ not in CALENDAR and preposition_of(name) is None else None
        if verb is not None and verb != name.head and verb.lemma_ not in INVERTED:
            yield name, verb, "obj"


def held_between(doc: Doc) -> Iterator[Move]:
    """Hang those between whom something takes place on it, not on the verb: "a meeting took place between Lind and Berg"."""
    for phrase in labelled(doc, "obl"):
        verb, preposition = phrase.head, preposition_of(phrase)
        if preposition is None or preposition.lower_ != "between" or verb.lemma_ not in _HAPPENING or not phrase.i > verb.i:
            continue
        event = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass") and c.tag_ in ("NN", "NNS") and c.i < verb.i), None)
        placed = verb.lemma_ != "take" or any(c.dep_ == "obj" and c.lower_ == "place" for c in verb.children)
        passive = verb.lemma_ not in ("hold", "reach", "sign", "conclude") or has_passive(verb)
        if event is not None and placed and passive and any(c.dep_ == "conj" for c in phrase.children):
            yield phrase, event, "nmod"


def agents_behind(doc: Doc) -> Iterator[Move]:
    """Make a phrase with "by" behind a passive, read as its subject, its agent: "was killed by a drone launched by the militia"."""
    for phrase in labelled(doc, "nsubj:pass", "nsubj"):
        preposition = preposition_of(phrase) if phrase.i > phrase.head.i else None
        if preposition is not None and preposition.lower_ == "by" and has_passive(phrase.head):
            yield phrase, phrase.head, "obl:agent"


def leading_names(doc: Doc) -> Iterator[Move]:
    """Hang the preposition before a name of several words on its head: "speaks for Boko Haram"."""
    for preposition in labelled(doc, "case"):
        part = preposition.head
        if part.dep_ == "compound" and preposition.i < part.i < part.head.i and part.head.pos_ == "PROPN" and preposition.pos_ == "ADP":
            yield preposition, part.head, "case"


def particles(doc: Doc) -> Iterator[Move]:
    """Give a particle right behind its verb, read as leading in the object, to the verb: "took on the rebels", "fended off an attack"."""
    for particle in labelled(doc, "case"):
        verb, noun = doc[particle.i - 1] if particle.i else particle, particle.head
        if particle.tag_ == "RP" and verb.pos_ == "VERB" and noun.head == verb and noun.i > particle.i:
            yield particle, verb, "compound:prt"
            yield noun, verb, "obj" if noun.dep_ == "obl" and lacks_object(verb) else noun.dep_


def nouns_joined(doc: Doc) -> Iterator[Move]:
    """Give a noun behind "and" that is joined to a verb to the noun before it: "exercised with the frigate Tabar and the destroyer Forbin"."""
    for noun in labelled(doc, "conj"):
        verb, first = noun.head, noun.left_edge.i
        own = {c.dep_ for c in noun.children}
        if verb.pos_ != "VERB" or noun.pos_ not in ("NOUN", "PROPN") or "cc" not in own or own & {"cop", "aux", "mark", *SUBJECTS}:
            continue
        taken = (c for c in verb.children if c.dep_ in ("obj", "obl", "obl:agent", *SUBJECTS) and c.pos_ in ("NOUN", "PROPN") and c.right_edge.i == first - 1)
        before = next(taken, None)
        if before is not None:
            yield noun, before, "conj"


def roles_with_as(doc: Doc) -> Iterator[Move]:
    """Give a noun with "as", read as an apposition, to its verb: "who serves as ambassador to Japan", "dismissed Ana Lind as minister"."""
    for noun in labelled(doc, "appos"):
        role = next((c for c in noun.children if c.lower_ == "as" and c.dep_ == "case" and c.i < noun.i), None)
        if role is None or role.i == role.sent.start:
            continue
        before, above = doc[role.i - 1], noun.head.head
        if before.pos_ == "VERB" and before.i != noun.head.i:
            yield noun, before, "obl"
        elif noun.head.dep_ in ("obj", "nsubj:pass") and above.pos_ == "VERB" and above.i < role.i:
            yield noun, above, "obl"


def agents_below(doc: Doc) -> Iterator[Move]:
    """Give a phrase with "by" behind "as" and a noun to the passive verb above: "was listed as a terrorist organisation by Chile"."""
    for phrase in labelled(doc, "nmod", "nmod:by"):
        noun, verb, preposition = phrase.head, phrase.head.head, preposition_of(phrase)
        if preposition is None or preposition.lower_ != "by" or noun.dep_ not in ("obl", "xcomp") or not any(c.lower_ == "as" for c in noun.children):
            continue
        labels = {c.dep_ for c in verb.children}
        if verb.tag_ == "VBN" and "aux:pass" in labels and "obl:agent" not in labels:
            yield phrase, verb, "obl:agent"


def beside_roles(doc: Doc) -> Iterator[Move]:
    """Give what a preposition leads in behind an apposition, hung on the name, to the apposition: "Ana Lind, a reporter for the Herald,"."""
    for phrase in labelled(doc, "nmod"):
        preposition, name = phrase.left_edge, phrase.head
        role = doc[preposition.i - 1] if preposition.i else phrase
        if preposition.dep_ == "case" and preposition.pos_ == "ADP" and role.dep_ == "appos" and role.head == name and role.pos_ == "NOUN":
            yield preposition, phrase, "case"
            yield phrase, role, "nmod"


def speakers_behind_gerund(doc: Doc) -> Iterator[Move]:
    """Move who says what stands before them, read as the subject of the gerund there: "…, killing three, the governor said"."""
    for subject in labelled(doc, "nsubj", "dep"):
        gerund = subject.head
        if gerund.tag_ != "VBG" or subject.i < gerund.i or subject.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        if not any(c.dep_ == "obj" and gerund.i < c.i < subject.i for c in gerund.children):
            continue
        saying = next((t for t in gerund.ancestors if t.lemma_ in SAYING and t.i > subject.i), None)
        if saying is not None and not any(c.dep_ == "nsubj" for c in saying.children):
            yield subject, saying, "nsubj"


def agents_with_of(doc: Doc) -> Iterator[Move]:
    """Move what "of" leads in, read as an agent, to the noun right before: "strikes coordinated with and in support of the government of Niger"."""
    for phrase in labelled(doc, "obl:agent"):
        preposition = preposition_of(phrase)
        noun = doc[preposition.i - 1] if preposition is not None and preposition.i and preposition.lower_ == "of" else None
        if noun is not None and noun.pos_ == "NOUN" and noun.head == phrase.head:
            yield phrase, noun, "nmod"


def doers_of_objects(doc: Doc) -> Iterator[Move]:
    """Hang a name with "by" right behind the object of an active verb on the object: "deplores the killing of Lind by Chad"."""
    for name in labelled(doc, "obl", "obl:agent"):
        preposition = preposition_of(name) if name.pos_ == "PROPN" and name.lower_ not in CALENDAR else None
        if preposition is None or preposition.lower_ != "by" or preposition.i < 2:
            continue
        before = doc[preposition.i - 1]
        noun = next((c for c in name.head.children if c.dep_ == "obj" and c.i < preposition.i and (c == before or c in before.ancestors)), None)
        active = name.head.tag_ != "VBN" and not any(c.dep_ in ("aux:pass", "nsubj:pass") for c in name.head.children)
        if noun is not None and noun.pos_ == "NOUN" and active:
            yield name, noun, "nmod"


def behind_terms(doc: Doc) -> Iterator[Move]:
    """Make what follows "in the strongest possible terms" the object of the verb before it: "condemns in the strongest terms today's attack"."""
    for terms in spelled(doc, ("terms",)):
        opening = next((t for t in reversed(doc[max(terms.sent.start, terms.i - _LONGEST_TERMS) : terms.i]) if t.lower_ == "in"), None)
        verb = opening.nbor(-1) if opening is not None and opening.i > terms.sent.start else None
        if opening is None or verb is None or verb.lemma_ not in TAKES_NO_CLAUSE or any(c.dep_ == "obj" for c in verb.children):
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


def unmarked(doc: Doc) -> Iterator[Move]:
    """Move prepositions that are read as marks of a verb before them, and the noun read as its subject: "held talks with Chief Ferretti"."""
    for preposition in labelled(doc, "mark"):
        verb = preposition.head
        if preposition.tag_ != "IN" or preposition.lower_ not in LEADING or verb.i > preposition.i:
            continue
        noun = next((c for c in verb.children if c.dep_ in ("nsubj", "obj", "iobj", "obl") and c.left_edge.i == preposition.i + 1), None)
        if noun is not None and noun.pos_ in ("NOUN", "PROPN"):
            yield preposition, noun, "case"
            yield noun, verb, "obl"


def each_with_its_own(doc: Doc) -> Iterator[Move]:
    """Coordinate objects that have a phrase each, with one preposition: "thanked Norway for its help, Qatar for its mediation and Japan for its grants"."""
    for first in labelled(doc, "obj", "iobj"):
        verb, end = first.head, bounds_of(first)[1] + 1
        if first.pos_ != "PROPN" or verb.i > first.i or verb.pos_ != "VERB" or end >= first.sent.end or doc[end].lower_ not in _SHARING:
            continue
        for preposition in [t for t in doc[end + 1 : first.sent.end] if t.lower_ == doc[end].lower_]:
            other = doc[preposition.i - 1]
            while other.dep_ in ("flat", "compound") and other.head.i != other.i and bounds_of(other.head)[1] == preposition.i - 1:
                other = other.head
            start = bounds_of(other)[0]
            if other.pos_ != "PROPN" or other.i == first.i or doc[start - 1].lower_ not in (",", "and"):
                continue
            if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[end + 1 : start]) or any(c.dep_ == "case" and c.i < other.i for c in other.children):
                break
            yield other, first, "conj"
            if preposition.head.i > preposition.i and preposition.dep_ in ("case", "mark"):
                yield preposition.head, verb, "obl" if preposition.dep_ == "case" else "advcl"


def called_on(doc: Doc) -> Iterator[Move]:
    """Give a noun back the preposition before it that is read as a particle of "call", or as the mark of the clause behind: "calling on Kenya to leave"."""
    for preposition in labelled(doc, "compound:prt", "mark", "case"):
        verb = doc[preposition.i - 1] if preposition.i else preposition
        particle = preposition.dep_ == "compound:prt"
        if preposition.lower_ not in ("on", "upon") or verb.pos_ != "VERB" or (verb.lemma_ != "call" if particle else preposition.head.i < preposition.i):
            continue
        labels = BARE if not particle else ("obj", "iobj", "obl")
        noun = next((c for c in verb.children if c.dep_ in labels and c.left_edge.i == preposition.i + 1), None)
        if noun is not None and noun.pos_ in ("NOUN", "PROPN", "PRON"):
            yield preposition, noun, "case"
            yield noun, verb, "obl"


def prepositions_behind(doc: Doc) -> Iterator[Move]:
    """Move prepositions hung on the noun before them, and the phrase that they lead in: "talks with Secretary Ana Lind" read as "talks with, Ana Lind"."""
    for preposition in labelled(doc, "case"):
        noun = preposition.head
        if noun.i != preposition.i - 1 or preposition.tag_ != "IN" or preposition.lower_ not in LEADING or noun.pos_ != "NOUN" or preposition.i + 1 >= len(doc):
            continue
        top = doc[preposition.i + 1]
        while top.head.i > preposition.i and top.head.i != top.i:
            top = top.head
        if top.tag_ in NOUNS and top.head.i < preposition.i and preposition_of(top) is None and top.sent.start <= noun.i:
            yield preposition, top, "case"
            yield top, noun, "nmod"


def together_with(doc: Doc) -> Iterator[Move]:
    """Hang whom "together with" adds on the verb of the adverb: "Chad, together with Mali, has trained the guards"."""
    for together in spelled(doc, ("together",)):
        if together.dep_ == "advmod" and together.head.pos_ == "VERB":
            yield from ((c, together.head, "obl") for c in together.children if c.dep_ in ("obl", "nmod") and doc[together.i + 1].lower_ == "with")


def second_phrases(doc: Doc) -> Iterator[Move]:
    """Hang a phrase with a preposition of its own, read as listed with the one before it, on what that stands with: "the attack by Peru on Chile"."""
    for noun in labelled(doc, "conj"):
        first, own = noun.head, preposition_of(noun)
        before = preposition_of(first)
        joined = any(c.dep_ in ("cc", "punct") for c in noun.children)
        if own is None or before is None or joined or own.lower_ == before.lower_ or first.dep_ not in ("nmod", "obl", "obl:agent"):
            continue
        if own.i == bounds_of(noun)[0] and own.i == max(t.i for t in (first, *later_parts(first))) + 1:
            yield noun, first.head, "nmod" if first.dep_ == "nmod" else "obl"


def before_that(doc: Doc) -> Iterator[Move]:
    """Hang phrases before the "that" of a told clause on the verb that tells it: "said in Rome on Monday that Kenya would send troops"."""
    for that in spelled(doc, ("that",)):
        clause = that.head
        if that.dep_ != "mark" or clause.dep_ != "ccomp" or not clause.head.i < that.i < clause.i:
            continue
        for phrase in clause.lefts:
            if phrase.i < that.i and clause.head.i < phrase.i and phrase.dep_ in ("obl", "obl:unmarked", "nmod", "advmod"):
                yield phrase, clause.head, phrase.dep_
