"""Repairs of how clauses hang: relative clauses, participles, what is said, and their subjects."""

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphbuild.classes import ATTACKS, PACTS
from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import (
    CALENDAR,
    RELATIVE,
    SAYING,
    SUBJECTS,
    TAKES_NO_CLAUSE,
    Move,
    bounds_of,
    has_passive,
    head_of_name,
    labelled,
    later_parts,
    preposition_of,
    subject_label,
    verb_before,
)

_OF_DEEDS = frozenset("claim kill wound injure maim result happen occur perpetrate".split())
"""Verbs that say of deeds, not of places or things, what came of them and who did them."""
_ALLEGING = frozenset("accuse suspect blame charge convict condemn".split())
_CHARGING = frozenset("accuse suspect charge convict acquit clear absolve".split())
"""Verbs that say of what somebody did, or did not do."""
_RESULTS = frozenset("kill wound injure maim hurt destroy damage sink force cause displace leave break violate trap".split())
"""Verbs for what comes of a deed, not for what somebody adds who speaks of it."""
_PLACES = frozenset("region city town village port island province district area territory country state base outpost stronghold".split())
_SOME = frozenset("one two three four five some most many several both all none".split())
_SEATED = frozenset(("base", "headquarter", "station", "garrison", "incorporate"))
"""Verbs of where bodies have their seat."""
_TAKEN = frozenset(
    "take retake seize capture recapture hold control occupy liberate overrun attack bomb shell strike hit raid storm besiege loot burn destroy build own"
    " operate run abduct kidnap arrest detain kill".split()
)
"""Verbs of what is done to places and people; "arrived in Rome accompanied by an aide" tells of who arrived."""
_INCLUDING = frozenset("include involve concern regard contain comprise".split())
_HELD = frozenset("host attend chair convene organise organize boycott skip".split())
"""Verbs that say of gatherings, not of places, who holds them or takes part."""
_CONCLUDED = frozenset("sign conclude ratify reach negotiate broker initial strike".split())
"""Verbs that say of agreements, not of what became of them, how they were made."""
_STANDING_IN = frozenset("do does did have has had is are was were will would can could must should".split())
"""Auxiliaries that stand for the verb before: "as did Germany"."""
_TAKING_UP = frozenset(
    "charge charges accusation accusations allegation allegations claim claims report reports assertion suggestion account version figure something".split()
)
"""Words that take up what somebody has said, for somebody else to deny."""
_BELIEVING = frozenset("believe think allege suspect insist".split())
_DISMISSING = frozenset("dismiss reject describe denounce brand condemn deny refute slam decry".split())
_DISPUTING = frozenset("deny reject dismiss dispute refute rebut call describe contest confirm disavow ridicule ignore".split())
_HARMED = frozenset("dead injured wounded homeless".split())


def beyond_clauses(doc: Doc) -> Iterator[Move]:
    """Move adverbials of a clause about a noun that hang on the verb that follows it: "Novak, who is due in Oslo, briefed …"."""
    for clause in labelled(doc, "acl:relcl", "acl"):
        comma = next((t.i for t in doc[clause.i + 1 : clause.sent.end] if t.text == ","), None)
        if comma is None or clause.pos_ not in ("VERB", "ADJ"):
            continue
        for phrase in doc[clause.i + 1 : comma]:
            if phrase.dep_ in ("obl", "obl:unmarked") and phrase.head.i > comma and bounds_of(phrase)[0] > clause.i and phrase.head not in clause.subtree:
                yield phrase, clause, "obl"


def semicolons(doc: Doc) -> Iterator[Move]:
    """Part clauses at a semicolon that one was hung on the other over, as in headlines: "Ethiopia, Somaliland sign deal; Somalia recalls envoy"."""
    for clause in labelled(doc, "ccomp"):
        verb = clause.head
        if clause.pos_ != "VERB" or verb.lemma_ in SAYING or not any(t.text == ";" for t in doc[clause.i : verb.i]):
            continue
        for word in [c for c in verb.children if c.i < clause.i and c.dep_ in ("obj", "nsubj", "dep", "ccomp", "obl:unmarked") and c.pos_ in ("NOUN", "PROPN")]:
            yield word, clause, "nsubj"
        yield clause, verb, "parataxis"


def days_within(doc: Doc) -> Iterator[Move]:
    """Hang a time right behind a clause that describes on that, not on a verb before: "the governor, who had asked for help in May", "a pact signed in May"."""
    for clause in labelled(doc, "acl:relcl", "acl"):
        relative = clause.dep_ == "acl:relcl" and any(c.dep_ in SUBJECTS and c.lower_ in ("who", "which") for c in clause.children)
        participle = clause.dep_ == "acl" and clause.tag_ == "VBN" and clause.i == clause.head.i + 1 and not any(True for _ in clause.children)
        if clause.pos_ != "VERB" or not (relative or participle):
            continue
        end = max(t.i for t in clause.subtree) + 1
        preposition = doc[end] if end < clause.sent.end else None
        time = preposition.head if preposition is not None and preposition.dep_ == "case" else None
        if time is None or time.dep_ != "obl" or time.lower_ not in CALENDAR or time.head.pos_ != "VERB" or time.head.i > clause.i:
            continue
        if time.head in clause.ancestors:
            yield time, clause, "obl"


def result_of_alleged(doc: Doc) -> Iterator[Move]:
    """Hang what came of an alleged deed on the deed, not on the verb that alleges it: "accused it of ramming a boat, injuring four sailors"."""
    for result in labelled(doc, "advcl", "conj"):
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


def gerunds_of(doc: Doc) -> Iterator[Move]:
    """Hang a gerund on the noun before it that is read as its object: "is part of the coalition fighting the militia"."""
    for gerund in labelled(doc, "acl"):
        of = next((c for c in gerund.children if c.dep_ == "mark" and c.lower_ in ("of", "in", "with", "for") and c.tag_ == "IN"), None)
        before = [c for c in gerund.children if c.dep_ == "obj" and c.i < gerund.i and c.pos_ in ("NOUN", "PROPN")]
        behind = [c for c in gerund.children if c.dep_ == "obj" and c.i > gerund.i]
        if gerund.tag_ == "VBG" and of is not None and len(before) == 1 and behind and of.i < before[0].left_edge.i:
            yield before[0], gerund.head, "nmod"
            yield of, before[0], "case"
            yield gerund, before[0], "acl"


def participles_behind(doc: Doc) -> Iterator[Move]:
    """Hang a participle behind a comma that is read as a noun's on the verb above: "proved their strength in battle, driving the rebels back"."""
    for participle in labelled(doc, "acl"):
        first, noun = participle.left_edge.i, participle.head
        comma = first > 0 and "," in (doc[first].text, doc[first - 1].text)
        if participle.tag_ != "VBG" or not comma or noun.i > participle.i or noun.tag_ not in ("NN", "NNS"):
            continue
        acting = any(c.dep_ in ("obj", "xcomp", "ccomp") for c in participle.children) and participle.lemma_ not in _INCLUDING
        verb = noun.head
        if acting and noun.dep_ == "obj" and verb.pos_ == "VERB" and verb.i < noun.i and not any(c.dep_ == "mark" for c in participle.children):
            yield participle, verb, "advcl"


def seated_behind(doc: Doc) -> Iterator[Move]:
    """Hang where a body has its seat, or what befell it, on the noun before it: "led by Halun, a brigade of the National Army headquartered at Bale"."""
    for participle in labelled(doc, "advcl"):
        beside = doc[participle.i - 1]
        noun = beside
        acted_on = participle.tag_ in ("VBN", "VBD") and participle.lemma_ in _TAKEN and any(c.dep_ == "obl:agent" for c in participle.children)
        seated_there = participle.tag_ == "VBN" and participle.lemma_ in _SEATED
        if beside.is_punct or not (acted_on or seated_there) or participle.left_edge.i < participle.i or participle.head.i >= beside.i:
            continue
        while noun.dep_ in ("nmod", "flat", "compound") and noun.head.i < noun.i and noun.head.pos_ in ("NOUN", "PROPN"):
            noun = noun.head
        seated = noun if noun.dep_ == "appos" else beside
        if seated.pos_ in ("NOUN", "PROPN") and seated.i > participle.head.i:
            yield participle, seated, "acl"


def fronted(doc: Doc) -> Iterator[Move]:
    """Give a participle that opens a sentence to the clause behind it, and what renames its subject to that: "Born in Riga, the son of a smith, he left"."""
    for sentence in doc.sents:
        participle = next((t for t in sentence if not t.is_space), sentence[0])
        if participle.tag_ != "VBN" or participle.pos_ != "VERB" or any(c.dep_.startswith(("aux", "mark", "cop")) for c in participle.children):
            continue
        above = participle.head
        own = (c for c in participle.children if c.dep_ in ("parataxis", "conj", "ccomp") and c.tag_ in ("VBD", "VBZ", "VBP", "VBN"))
        verb = next((c for c in own if any(g.dep_ in SUBJECTS for g in c.children)), above)
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS and participle.i < c.i < verb.i), None)
        if verb.i <= participle.i or subject is None:
            continue
        if verb.i != above.i:
            leads = above.i == participle.i or above.dep_ == "ROOT"
            yield (verb, verb, "ROOT") if leads else (verb, above, participle.dep_)
            if leads and above.i != participle.i:
                yield above, verb, "conj"
        yield participle, verb, "advcl"
        yield from ((c, subject, "appos") for c in participle.children if c.dep_ in SUBJECTS and doc[bounds_of(c)[0] - 1].text == ",")


def reduced_behind(doc: Doc) -> Iterator[Move]:
    """Hang a participle on the noun before it that is read as a phrase of its own: "fired on protesters camped in a square, killing eight"."""
    for participle in labelled(doc, "advcl"):
        verb = participle.head
        before = [c for c in participle.children if c.i < participle.i]
        noun = before[0] if len(before) == 1 else participle
        led = noun.dep_ in ("obl", *SUBJECTS) and noun.pos_ in ("NOUN", "PROPN") and verb.i < noun.i and verb.pos_ == "VERB"
        if participle.tag_ not in ("VBN", "VBD") or not led:
            continue
        if noun.right_edge.i + 1 != participle.i or preposition_of(noun) is None or noun.lower_ in CALENDAR:
            continue
        yield noun, verb, "obl"
        yield participle, noun, "acl"
        yield from ((c, verb, "advcl") for c in participle.children if c.dep_ == "advcl" and c.tag_ == "VBG" and doc[c.left_edge.i - 1].text == ",")


def reduced(doc: Doc) -> Iterator[Move]:
    """Move subjects that are hung on the participle behind them to the verb behind both: "the raid carried out by the army killed two"."""
    for participle in labelled(doc, "advcl"):
        verb = participle.head
        if participle.tag_ != "VBN" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or verb.i < participle.i:
            continue
        own = [c for c in participle.children if c.dep_ in (*SUBJECTS, "aux", "aux:pass", "mark") or (c.dep_ == "obl" and preposition_of(c) is None)]
        behind = len(own) == 1 and own[0].dep_ in (*SUBJECTS, "obl") and own[0].i < participle.i and own[0].pos_ in ("NOUN", "PROPN")
        if behind and own[0].lower_ not in CALENDAR and not any(c.dep_ in (*SUBJECTS, "expl") for c in verb.children):
            yield own[0], verb, subject_label(verb)
            yield participle, own[0], "acl"


def suffered(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield participles with "by" right behind an object that are coordinated with its verb, with the object: "freed ten men abducted by gunmen"."""
    for participle in labelled(doc, "conj"):
        noun = doc[participle.i - 1] if participle.i else participle
        joined = any(c.dep_ in ("cc", "obj", "aux", "aux:pass", *SUBJECTS) for c in participle.children)
        by = any(c.dep_ == "obl:agent" and c.i > participle.i and preposition_of(c) is not None for c in participle.children)
        if participle.tag_ in ("VBN", "VBD") and by and not joined and noun.dep_ == "obj" and noun.head == participle.head and noun.pos_ in ("NOUN", "PROPN"):
            yield participle, noun


def hung_ahead(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield participles behind a comma that are coordinated with a verb further on, with the noun that they describe: "Rashidi, shot by gunmen, was …"."""
    for participle in labelled(doc, "conj"):
        first, _ = bounds_of(participle)
        if participle.head.i < participle.i or participle.tag_ not in ("VBN", "VBD") or first < 2 or doc[first - 1].text != ",":
            continue
        noun = head_of_name(doc[first - 2])
        if noun.pos_ in ("NOUN", "PROPN") and participle not in noun.ancestors:
            yield participle, noun


def torn_pronouns(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield pronouns right before a verb without a subject that are hung on a word further on, with the verb: "It accused them of it, a claim …"."""
    for pronoun in labelled(doc, *SUBJECTS):
        verb = doc[pronoun.i + 1] if pronoun.i + 1 < len(doc) else pronoun
        stray = pronoun.tag_ == "PRP" and pronoun.head.i > verb.i and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.pos_ == "VERB"
        if stray and not any(c.dep_ in SUBJECTS for c in verb.children):
            yield pronoun, verb


def told_clauses(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield clauses behind "the claim that" which are hung on the verb behind them, with the noun: "the claim that they shelled it was rejected"."""
    for clause in labelled(doc, "csubj", "csubj:pass", "ccomp", "advcl"):
        that = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
        noun = doc[that.i - 1] if that is not None and that.i else clause
        if noun.pos_ == "NOUN" and noun.dep_ in SUBJECTS and noun.head == clause.head and noun.i < clause.i < clause.head.i:
            yield clause, noun


def verbless(doc: Doc) -> Iterator[Move]:
    """Make the finite verb behind a name that heads its sentence the head of it: "Rosa Vega, 54, heads the bank", "Rumours that … were denied"."""
    for verb in labelled(doc, "appos", "parataxis"):
        name = verb.head
        finite = verb.pos_ == "VERB" and (verb.tag_ in ("VBZ", "VBD") or (verb.tag_ == "VBN" and has_passive(verb)))
        root = name.dep_ in ("ROOT", "root") and name.pos_ in ("PROPN", "NOUN") and not any(c.dep_ in (*SUBJECTS, "cop") for c in name.children)
        if finite and root and name.i < verb.i and not any(c.dep_ in (*SUBJECTS, "expl") for c in verb.children):
            yield verb, verb, "ROOT"
            yield name, verb, "nsubj" if verb.tag_ != "VBN" else "nsubj:pass"


def fired_tests(doc: Doc) -> Iterator[Move]:
    """Move what is hung on the first word of "test-fired" to the verb."""
    for word in labelled(doc, *SUBJECTS, "obl", "obl:unmarked", "obj"):
        test = word.head
        if test.lower_ == "test" and test.dep_ == "compound" and test.head.pos_ == "VERB":
            yield word, test.head, word.dep_


def below_auxiliaries(doc: Doc) -> Iterator[Move]:
    """Move subjects, objects and adverbials hung on an auxiliary before its verb: they belong to the verb."""
    for word in labelled(doc, *SUBJECTS, "obj", "iobj", "obl"):
        auxiliary = word.head
        if auxiliary.dep_ in ("aux", "aux:pass") and auxiliary.head.pos_ == "VERB" and word.i < auxiliary.i < auxiliary.head.i:
            yield word, auxiliary.head, word.dep_


def told_to(doc: Doc) -> Iterator[Move]:
    """Make who stands between "for" and "to" the subject of the infinitive that both mark: "its call for Chad to withdraw"."""
    for opening in labelled(doc, "mark"):
        verb = opening.head
        if opening.lower_ != "for" or verb.tag_ != "VB" or opening.i > verb.i or any(c.dep_ in SUBJECTS for c in verb.children):
            continue
        to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "mark"), None)
        noun = next((t for t in doc[opening.i + 1 : to.i] if t.head == verb.head), None) if to is not None else None
        if to is not None and noun is not None and noun.dep_ in ("nmod", "obl", "obj") and noun.left_edge.i == opening.i + 1 and noun.right_edge.i == to.i - 1:
            yield noun, verb, "nsubj"


def asked_to(doc: Doc) -> Iterator[Move]:
    """Make who stands between a verb and "to" its object, and no subject of the infinitive: "urges Chad to end the fighting"."""
    for clause in labelled(doc, "ccomp", "xcomp"):
        verb, to = clause.head, doc[clause.i - 1]
        noun = next((c for c in clause.children if c.dep_ == "nsubj" and bounds_of(c) == (verb.i + 1, to.i - 1)), None)
        if noun is not None and clause.tag_ == "VB" and to.tag_ == "TO" and verb.pos_ == "VERB" and not any(c.dep_ in ("obj", "iobj") for c in verb.children):
            yield noun, verb, "obj"
            yield clause, verb, "xcomp"


def beyond_parenthesis(doc: Doc) -> Iterator[Move]:
    """Move phrases right behind a verb that hang on the clause put in before it: "the president had, he conceded, spoken with Lind"."""
    for phrase in labelled(doc, "obl"):
        preposition = preposition_of(phrase)
        verb = doc[preposition.i - 1] if preposition is not None and preposition.i else None
        if verb is not None and verb.pos_ == "VERB" and verb.dep_ == "ccomp" and verb.head == phrase.head and verb.head.i < verb.i:
            yield phrase, verb, "obl"


def predicates_joined(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield predicate nouns that are coordinated with a noun below a verb, with the verb: "got aid from Qatar and was a member of the front"."""
    for noun in labelled(doc, "conj"):
        copulas = [c for c in noun.children if c.dep_ == "cop" and c.tag_ in ("VBD", "VBZ", "VBP")]
        if not copulas or copulas[0].nbor(-1).lower_ not in ("and", "but") or any(c.dep_ in SUBJECTS for c in noun.children):
            continue
        predicate = any(c.dep_ == "cop" for c in noun.head.children)
        verb = next((t for t in noun.head.ancestors if t.pos_ == "VERB"), None)
        above = noun.head.pos_ in ("NOUN", "PROPN", "NUM") and not predicate
        if above and verb is not None and any(c.dep_ in SUBJECTS and c.i < verb.i for c in verb.children):
            yield noun, verb


def said_between(doc: Doc) -> Iterator[Move]:
    """Give the first of two subjects of a verb of saying to the clause behind it that has none: "Peru, its president said, will not leave"."""
    for clause in labelled(doc, "ccomp"):
        said = clause.head
        subjects = [c for c in said.children if c.dep_ in SUBJECTS and c.i < said.i]
        if said.lemma_ not in SAYING or clause.i < said.i or not subjects or doc[said.i + 1].text != ",":
            continue
        if any(c.dep_ in (*SUBJECTS, "mark") for c in clause.children):
            continue
        if len(subjects) > 1 and doc[subjects[0].right_edge.i].i < subjects[1].left_edge.i:
            yield subjects[0], clause, subject_label(clause)
        beside = [c for c in subjects[0].children if c.dep_ in ("conj", "appos") and c.pos_ == "PROPN" and c.right_edge.i == said.i - 1]
        unjoined = len(subjects) == 1 and len(beside) == 1 and not any(t.dep_ == "cc" for t in beside[0].children)
        if unjoined and doc[beside[0].left_edge.i - (beside[0].left_edge.text != ",")].text == "," and _is_own_gap(clause):
            yield beside[0], said, "nsubj"
            yield subjects[0], clause, subject_label(clause)


def done_to_objects(doc: Doc) -> Iterator[Move]:
    """Hang a participle right behind an object, read as a clause with that object, on it: "welcomes the agreement reached yesterday by Chad"."""
    for participle in labelled(doc, "ccomp", "xcomp"):
        verb, noun = participle.head, doc[participle.i - 1] if participle.i else participle
        own = {c.dep_ for c in participle.children}
        bare = participle.tag_ == "VBN" and not own & {"aux", "aux:pass", "mark", *SUBJECTS} and noun.head == participle and noun.dep_ == "obj"
        if bare and verb.pos_ == "VERB" and verb.i < noun.i and noun.pos_ == "NOUN" and not any(c.dep_ == "obj" for c in verb.children):
            yield noun, verb, "obj"
            yield participle, noun, "acl"


def behind_gerunds(doc: Doc) -> Iterator[Move]:
    """Give a name behind a comma, read as an apposition to the noun before, to the finite verb right behind it: "Hosting the forum, Kenya closed roads"."""
    for name in labelled(doc, "appos"):
        first, last = bounds_of(name)
        verb = doc[last + 1] if last + 1 < len(doc) else name
        if name.pos_ != "PROPN" or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.pos_ != "VERB" or not first or doc[first - 1].text != ",":
            continue
        opening = next((a for a in name.ancestors if a.tag_ in ("VBG", "VBN") and a.dep_ == "advcl" and a.head == verb), None)
        if opening is not None and not any(c.dep_ in (*SUBJECTS, "expl") for c in verb.children):
            yield name, verb, "nsubj"


def strayed_relatives(doc: Doc) -> Iterator[Move]:
    """Give "who" or "which" behind a comma, hung on the main verb, to the finite verb right behind it: "Ana Lind, who rang Novak, denied it"."""
    for pronoun in labelled(doc, *SUBJECTS):
        verb = doc[pronoun.i + 1] if pronoun.i + 1 < len(doc) else pronoun
        finite = pronoun.i < verb.i < pronoun.head.i and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.pos_ == "VERB"
        if not finite or pronoun.lower_ not in ("who", "which") or pronoun.i < pronoun.sent.start + 2 or doc[pronoun.i - 1].text != ",":
            continue
        noun = head_of_name(doc[pronoun.i - 2])
        if noun.pos_ in ("NOUN", "PROPN") and not any(c.dep_ in SUBJECTS and c.i < verb.i for c in verb.children) and verb not in noun.ancestors:
            yield pronoun, verb, "nsubj"
            yield verb, noun, "acl:relcl"


def relatives(doc: Doc) -> Iterator[Move]:
    """Hang clauses with "who" or "which" behind a comma that are read as another kind of clause on the noun before the comma."""
    for clause in labelled(doc, "ccomp", "xcomp", "advcl", "parataxis", "dep", "conj", "advmod", "amod"):
        pronoun = next((c for c in clause.children if c.dep_ in (*SUBJECTS, "obj") and c.lower_ in ("who", "which") and c.i < clause.i), None)
        copula = any(c.dep_ == "cop" for c in clause.children)
        predicate = copula or (clause.pos_ == "VERB" and clause.dep_ != "xcomp")
        if pronoun is None or not predicate or pronoun.i < 2 or doc[pronoun.i - 1].text != "," or pronoun.sent[-1].text == "?":
            continue
        noun = next((c for c in clause.children if c.dep_ in SUBJECTS and c.i < pronoun.i - 1), doc[pronoun.i - 2])
        while noun.dep_ in ("flat", "compound") and noun.head.i != noun.i:
            noun = noun.head
        if noun.pos_ not in ("NOUN", "PROPN") or (noun.head != clause and clause in noun.ancestors):
            continue
        if noun.head == clause:
            verb = verb_before(noun, clause)
            yield (noun, verb, "obj") if verb is not None else (noun, clause.head, "obl" if preposition_of(noun) is not None else noun.dep_)
        yield clause, noun, "acl:relcl"


def where_clauses(doc: Doc) -> Iterator[Move]:
    """Hang clauses with "where" behind the name of a place and a comma on that name: "was held in Faro, where her mother died"."""
    for where in spelled(doc, ("where",)):
        clause = where.head
        if clause.dep_ not in ("advcl", "conj", "ccomp", "parataxis", "dep") or where.i < 2 or doc[where.i - 1].text != "," or where.i > clause.i:
            continue
        place = head_of_name(doc[where.i - 2])
        if place.pos_ == "PROPN" and not any(c.dep_ == "cc" and c.i < where.i for c in clause.children):
            yield clause, place, "acl:relcl"


def whose_predicates(doc: Doc) -> Iterator[Move]:
    """Give a noun with "whose" to the copula behind it and its name: "Ana Lind, whose brother Rui is envoy to Peru, left"."""
    for whose in spelled(doc, ("whose",)):
        noun = whose.head
        if noun.dep_ not in ("nmod", "nmod:unmarked") or noun.i != whose.i + 1 or whose.i < 2 or doc[whose.i - 1].text != ",":
            continue
        name = doc[noun.i + 1]
        copula = next((t for t in doc[noun.i + 1 : whose.sent.end] if t.pos_ not in ("PROPN", "NOUN")), noun)
        predicate, owner = copula.head, head_of_name(doc[whose.i - 2])
        if copula.dep_ != "cop" or owner.pos_ != "PROPN" or predicate.i < copula.i:
            continue
        yield predicate, owner, "acl:relcl"
        yield noun, predicate, "nsubj"
        if name.pos_ == "PROPN":
            yield name, noun, "appos"


def whose_titled(doc: Doc) -> Iterator[Move]:
    """Give a name behind "whose" and its title to the verb behind it: "the union, whose leader Ana Lind met the premier, struck"."""
    for whose in spelled(doc, ("whose",)):
        title = doc[whose.i + 1] if whose.i + 1 < len(doc) else whose
        name = title.head
        if whose.i < 2 or doc[whose.i - 1].text != "," or title.dep_ != "nmod:desc" or name.i <= title.i or name.pos_ != "PROPN":
            continue
        end = max([name.i, *(c.i for c in later_parts(name))])
        verb = doc[end + 1] if end + 1 < len(doc) else name
        if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in SUBJECTS and c.i not in (name.i, whose.i) for c in verb.children):
            continue
        owner = head_of_name(doc[whose.i - 2])
        yield name, verb, "nsubj"
        yield whose, title, "nmod:poss"
        yield verb, owner.head if owner.dep_ == "appos" else owner, "acl:relcl"


def whose_deeds(doc: Doc) -> Iterator[Move]:
    """Give a noun with "whose", read as an apposition, to the first verb behind it: "Ana Lind, whose wife, Vera Holm, was born in Oslo, met Novak"."""
    for whose in spelled(doc, ("whose",)):
        noun, owner = whose.head, whose.head.head
        if noun.dep_ != "appos" or owner.dep_ not in SUBJECTS or whose.i < 2 or doc[whose.i - 1].text != "," or owner.i > whose.i:
            continue
        first, label = owner.head, owner.dep_
        joined = (c for c in first.children if c.dep_ == "conj" and c.i > first.i and c.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VB"))
        main = next((c for c in joined if not any(g.dep_ in ("cc", *SUBJECTS) for g in c.children)), None)
        if first.i < noun.i or main is None or doc[bounds_of(main)[0] - 1].text != "," or any(noun.i < c.i and c.dep_ in SUBJECTS for c in first.children):
            continue
        yield noun, first, label
        yield owner, main, subject_label(main)


def whose_named(doc: Doc) -> Iterator[Move]:
    """Give a noun with "whose" and the name behind its comma to the verb behind the next: "Nato, whose chief, Ana Lind, met Novak, sent two ships"."""
    for whose in spelled(doc, ("whose",)):
        found = _named_between_commas(whose)
        if found is None:
            continue
        noun, name, verb = found
        owner = head_of_name(doc[whose.i - 2])
        if owner.head.i > whose.i and owner.dep_ not in SUBJECTS:
            owner = next((t for t in reversed(list(doc[max(whose.sent.start, whose.i - 8) : whose.i])) if t.dep_ in SUBJECTS), owner)
        later = (c for c in verb.children if c.dep_ in ("conj", "advcl", "parataxis", "ccomp"))
        alone = (c for c in later if _stands_alone(c))
        main = next((t for t in (verb.head, *alone) if t.i > verb.i and t.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VB")), None)
        if owner.head == verb and main is not None:
            yield owner, main, subject_label(main)
        elif owner.head == verb or owner.i > whose.i:
            continue
        if main is None or main == verb.head:  # else the first verb stays above the second
            yield verb, owner, "acl:relcl"
        yield noun, verb, subject_label(verb)
        yield whose, noun, "nmod:poss"
        yield name, noun, "appos"


def _named_between_commas(whose: Token) -> tuple[Token, Token, Token] | None:
    """Return the noun with "whose", the name that stands behind it between commas, and the finite verb behind them; None where it is otherwise."""
    doc, end = whose.doc, whose.sent.end
    first = next((t for t in doc[whose.i + 1 : end] if t.text == ","), whose)
    second = next((t for t in doc[first.i + 1 : end] if t.text == ","), whose)
    if whose.i < 2 or doc[whose.i - 1].text != "," or not first.i < second.i < end - 1:
        return None
    noun, name, finite = doc[first.i - 1], head_of_name(doc[second.i - 1]), doc[second.i + 1]
    plain = all(t.pos_ in ("NOUN", "ADJ", "PROPN", "ADP") for t in doc[whose.i + 1 : first.i]) and not any(t.pos_ == "VERB" for t in doc[first.i : second.i])
    if noun.tag_ not in ("NN", "NNS") or name.pos_ != "PROPN" or name.i < first.i or not plain or finite.tag_ not in ("VBD", "VBZ", "VBP", "MD"):
        return None
    verb = finite.head if finite.dep_ in ("aux", "aux:pass") else finite
    return None if any(c.dep_ in SUBJECTS and c.i > second.i for c in verb.children) else (noun, name, verb)


def whose_clauses(doc: Doc) -> Iterator[Move]:
    """Give a noun with "whose" to the verb of its clause, and that to the noun before: "Ana Lind, whose father was killed by rebels, left"."""
    for whose in spelled(doc, ("whose",)):
        noun, finite = whose.head, _finite_behind(whose)
        if finite is None or not whose.i < noun.i < finite.i or noun.pos_ != "NOUN" or whose.i < 2 or doc[whose.i - 1].text != ",":
            continue
        owner = head_of_name(doc[whose.i - 2])
        verb = finite.head if finite.dep_ in ("aux", "aux:pass", "cop") and finite.head.i > finite.i else finite
        placed = finite.dep_ == "cop" and preposition_of(verb) is not None  # "whose office is in Oslo"
        settled = verb.head == owner and verb.dep_ == "acl:relcl" and noun.head == verb
        if settled or placed or owner.pos_ not in ("NOUN", "PROPN") or owner.i > whose.i:
            continue
        if owner.head == verb:
            later = (c for c in verb.children if c.i > verb.i and c.dep_ in ("conj", "advcl", "parataxis", "ccomp") and doc[bounds_of(c)[0] - 1].text == ",")
            above = [verb.head] if verb.head.i > verb.i else []
            main = next((c for c in (*above, *later) if c.pos_ == "VERB" and _stands_alone(c)), None)
            if main is None:
                continue
            if main != verb.head:
                yield (main, main, "ROOT") if verb.dep_ == "ROOT" else (main, verb.head, verb.dep_)
            yield owner, main, subject_label(main)
        elif verb in owner.ancestors:
            continue
        yield noun, verb, subject_label(verb)
        yield verb, owner, "acl:relcl"
        yield from ((name, noun, "appos") for name in _heads_between(noun, finite) if name.head != noun)
        yield from ((agent, verb, "obl:agent") for agent in _agents_within(verb) if agent.head.i > agent.i)


def _stands_alone(verb: Token) -> bool:
    """Tell whether a verb has neither a subject nor a word that joins it to another, and so may be that of what stands before a clause put in."""
    return not any(c.dep_ in ("cc", "mark", *SUBJECTS) for c in verb.children)


def _finite_behind(whose: Token) -> Token | None:
    """Return the finite verb or auxiliary that stands behind a noun with "whose" and what names it."""
    behind = (t for t in whose.doc[whose.i + 1 : whose.sent.end] if t.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "DET"))
    first = next(behind, whose)
    return first if first.tag_ in ("VBD", "VBZ", "VBP", "MD") or (first.tag_ == "VBN" and first.pos_ == "VERB") else None


def _heads_between(noun: Token, finite: Token) -> list[Token]:
    """Return the name right behind a noun, before a verb."""
    name = head_of_name(finite.nbor(-1))
    return [name] if name.pos_ == "PROPN" and noun.i < name.i < finite.i else []


def _agents_within(verb: Token) -> list[Token]:
    """Return what "by" leads in behind a passive, before the next comma."""
    if not has_passive(verb):
        return []
    end = next((t.i for t in verb.doc[verb.i : verb.sent.end] if t.text == ","), verb.sent.end)
    return [t.head for t in verb.doc[verb.i + 1 : end] if t.lower_ == "by" and t.dep_ == "case" and t.i < t.head.i < end]


def places_acting(doc: Doc) -> Iterator[Move]:
    """Give a verb its subject back, read as where something was: "Poland, where Lind was held, freed Novak"."""
    for where in spelled(doc, ("where",)):
        clause, name = where.head, head_of_name(doc[where.i - 2]) if where.i > 1 else where
        main = clause.head if clause.dep_ == "advcl" and name.head == clause else name.head
        lacking = main.pos_ == "VERB" and main.i > clause.i and not any(c.dep_ in (*SUBJECTS, "aux:pass") for c in main.children)
        if lacking and name.pos_ == "PROPN" and name.dep_ == "obl" and doc[where.i - 1].text == "," and preposition_of(name) is None:
            yield name, main, "nsubj"
            yield clause, name, "acl:relcl"


def quoted_behind(doc: Doc) -> Iterator[Move]:
    """Give what is told to who is quoted as saying it behind it: "the port is closed, Ana Lind was quoted as saying", read as an adverbial clause."""
    for saying in spelled(doc, ("saying",)):
        verb = saying.head
        auxiliary = next((c for c in verb.children if c.dep_ == "aux:pass"), None)
        if verb.lemma_ not in ("quote", "cite") or auxiliary is None or not any(c.lower_ == "as" for c in saying.children):
            continue
        for told in [c for c in verb.children if c.dep_ == "advcl" and c.i < auxiliary.i and not any(g.dep_ == "mark" for g in c.children)]:
            yield told, saying, "ccomp"
            name = head_of_name(doc[auxiliary.i - 1])
            if name.pos_ == "PROPN" and name in told.subtree:
                yield name, verb, "nsubj:pass"


def told_in_passing(doc: Doc) -> Iterator[Move]:
    """Give the subject of a verb that says to that, and a participle between commas to the subject: "Ana Lind, reached by telephone, said she would"."""
    for participle in labelled(doc, "ccomp"):
        verb = participle.head
        subject = next((c for c in participle.children if c.dep_ in SUBJECTS and c.i < participle.i), None)
        if subject is None:  # hung on the verb already
            subject = next((c for c in verb.children if c.dep_ in SUBJECTS and bounds_of(c)[1] < participle.i - 1), None)
        if subject is None or participle.tag_ not in ("VBN", "VBD") or verb.i < participle.i or verb.lemma_ not in SAYING:
            continue
        bare = not any(c.dep_ in ("obj", "aux", "aux:pass", "ccomp", "xcomp") for c in participle.children)
        led = participle.i + 1 < len(doc) and doc[participle.i + 1].pos_ == "ADP"
        closed = doc[participle.i - 1].text == "," == doc[verb.i - 1].text and bounds_of(subject)[1] == participle.i - 2
        own = [c for c in verb.children if c.dep_ in SUBJECTS and c != subject]
        if bare and led and closed and not own:
            yield subject, verb, "nsubj"
            yield participle, subject, "acl"


def whereabouts(doc: Doc) -> Iterator[Move]:
    """Hang a place with "who was in" before it, read as a phrase of the main verb, on whom it tells of: "Novak, who was in Faro to sign it, denied"."""
    for pronoun in spelled(doc, ("who", "which", "whose")):
        who = pronoun.head if pronoun.lower_ == "whose" else pronoun
        be = next((t for t in doc[who.i + 1 : min(who.i + 4, who.sent.end - 2)] if t.lemma_ == "be"), None)
        place = doc[be.i + 1].head if be is not None and doc[be.i + 1].dep_ == "case" else pronoun
        if be is None or pronoun.i < 2 or doc[pronoun.i - 1].text != "," or {who.pos_, place.pos_} - {"PRON", "PROPN"} or place.i < be.i:
            continue
        noun = head_of_name(doc[pronoun.i - 2])
        if place.dep_ != "acl:relcl" and noun.pos_ in ("NOUN", "PROPN") and place not in noun.ancestors:
            yield from ((place, noun, "acl:relcl"), (who, place, "nsubj"), (be, place, "cop"))
            yield from _beside_place(place, pronoun)


def _beside_place(place: Token, pronoun: Token) -> Iterator[Move]:
    """Hang what stands behind a place, up to a comma, and was read as something of another clause on the place."""
    end = next((t.i for t in place.doc[place.i + 1 : place.sent.end] if t.text == ","), place.sent.end)
    for phrase in place.doc[place.i + 1 : end]:
        if pronoun.i <= phrase.head.i < end:
            continue
        if phrase.dep_ in ("obl", "obl:unmarked", "advmod"):
            yield phrase, place, phrase.dep_
        elif phrase.dep_ in ("advcl", "xcomp", "acl:relcl", "acl") and phrase.tag_ == "VB":
            yield phrase, place, "advcl"


def joined_relatives(doc: Doc) -> Iterator[Move]:
    """Hang clauses with "that" right behind a noun that are coordinated with the verb before it on the noun: "conducted a raid near Hawija that killed"."""
    for clause in labelled(doc, "conj"):
        pronoun = next((c for c in clause.children if c.dep_ in SUBJECTS and c.lower_ == "that" and c.tag_ == "WDT" and c.i < clause.i), None)
        if pronoun is None or clause.pos_ != "VERB" or pronoun.i < 1 or any(c.dep_ == "cc" for c in clause.children) or clause.head.i > pronoun.i:
            continue
        noun = head_of_name(doc[pronoun.i - 1])
        if noun.pos_ in ("NOUN", "PROPN") and clause not in noun.ancestors:
            yield clause, noun, "acl:relcl"


def before_infinitives(doc: Doc) -> Iterator[Move]:
    """Hang a noun that stands before the "to" of an infinitive, read as its object, on the verb before it: "expects Kenya to sign the treaty"."""
    for noun in labelled(doc, "obj"):
        infinitive, verb = noun.head, noun.head.head
        mark = next((c for c in infinitive.children if c.dep_ == "mark" and c.lower_ == "to"), None)
        if mark is None or infinitive.dep_ not in ("xcomp", "ccomp") or not verb.i < noun.i < mark.i or verb.pos_ != "VERB":
            continue
        if noun.right_edge.i == mark.i - 1 and noun.tag_ not in ("WP", "WDT") and not any(c.dep_ == "obj" for c in verb.children):
            yield noun, verb, "obj"


def due_to_have(doc: Doc) -> Iterator[Move]:
    """Make the subject of "was due to have met", read as that of a passive, an active one's."""
    for verb in (c.head for c in spelled(doc, ("due",)) if c.dep_ == "mark"):
        helping = {c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass")}
        if verb.tag_ == "VBN" and "have" in helping and "been" not in helping:
            yield from ((c, verb, c.dep_.removesuffix(":pass")) for c in verb.children if c.dep_ in ("nsubj:pass", "aux:pass"))


def called_so(doc: Doc) -> Iterator[Move]:
    """Make what somebody is called, read as a second object, a predicate: "Berg, whom opponents call a traitor"."""
    for noun in labelled(doc, "obj"):
        verb = noun.head
        called = verb.lemma_ in ("call", "label", "brand", "term", "deem", "dub") and noun.i > verb.i and noun.tag_ == "NN"
        article = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)
        if called and article and any(c.dep_ == "obj" and c.i < verb.i and c.tag_ in ("WP", "WDT") for c in verb.children):
            yield noun, verb, "xcomp"


def of_countries(doc: Doc) -> Iterator[Move]:
    """Hang a clause with "who" behind the country of somebody on them: "welcomed Prime Minister Luis Ortega of Peru, who arrived on Monday"."""
    for clause in labelled(doc, "acl:relcl"):
        country = clause.head
        who = any(c.dep_ in SUBJECTS and c.lower_ == "who" for c in clause.children)
        person = country.head
        named = person.pos_ == "PROPN" and any(c.dep_ in ("flat", "nmod:desc") for c in person.children)
        of = preposition_of(country)
        if who and country.dep_ == "nmod" and country.pos_ == "PROPN" and named and person.i < country.i and of is not None and of.lower_ == "of":
            yield clause, person, "acl:relcl"


def predicated_relatives(doc: Doc) -> Iterator[Move]:
    """Hang "who is on a visit" on whom it stands behind, where pronoun and predicate are read apart: "met Kenta Mori, who is on a visit to Oslo"."""
    for pronoun in labelled(doc, *SUBJECTS):
        be = doc[pronoun.i + 1] if pronoun.lower_ in ("who", "which") and 1 < pronoun.i < len(doc) - 2 else pronoun
        name = head_of_name(doc[pronoun.i - 1 - (doc[pronoun.i - 1].text == ",")])
        predicate = be.head
        if be.lemma_ != "be" or name.pos_ != "PROPN" or predicate.i < be.i or pronoun.head not in (name, predicate):
            continue
        if predicate.dep_ in ("advcl", "ccomp", "conj", "parataxis", "acl", "obl") and predicate.head in name.ancestors:
            yield pronoun, predicate, "nsubj"
            yield predicate, name, "acl:relcl"


def speakers_beside(doc: Doc) -> Iterator[Move]:
    """Give who is named right before a verb of saying without a subject to it: "Rebels attacked Goma, the speaker of parliament, Vital Lund, said"."""
    for told in labelled(doc, "ccomp"):
        said = told.head
        if said.lemma_ not in SAYING or said.tag_ not in ("VBD", "VBZ") or told.i > said.i or any(c.dep_ in SUBJECTS for c in said.children):
            continue
        beside = (c for c in told.children if c.dep_ in ("parataxis", "appos", "conj", "dep", "obl:unmarked") and c.i > told.i)
        for noun in (c for c in beside if c.pos_ in ("NOUN", "PROPN")):
            first, last = bounds_of(noun)
            closed = said.i - 1 == last or (said.i - 2 == last and doc[last + 1].text == ",")
            if closed and doc[first - 1].text == "," and not any(c.dep_ in ("cc", "case") for c in noun.children):
                yield noun, said, "nsubj"


def behind_relatives(doc: Doc) -> Iterator[Move]:
    """Coordinate a verb behind a relative clause as commas say: "armed the men, who took Goma and killed ten"; "…, a charge Chad denied, and jailed two"."""
    for verb in labelled(doc, "conj"):
        joined = next((c for c in verb.children if c.dep_ == "cc" and c.i < verb.i <= c.i + 2 and c.lower_ == "and"), None)
        if joined is None or verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in (*SUBJECTS, "aux", "aux:pass", "expl") for c in verb.children):
            continue
        parted = doc[joined.i - 1].text == ","
        if parted and verb.head.dep_ == "acl:relcl":
            clause, main = verb.head, next((t for t in verb.head.ancestors if t.pos_ == "VERB"), None)
            named = any(c.dep_ in SUBJECTS and c.tag_ not in ("WP", "WDT") for c in clause.children)
            if named and main is not None and main.i < clause.left_edge.i and main.tag_ == verb.tag_:
                yield verb, main, "conj"
        elif not parted and verb.head.i < joined.i and verb.head.dep_ != "acl:relcl":
            inner = next((t for t in (doc[joined.i - 1], *doc[joined.i - 1].ancestors) if t.dep_ == "acl:relcl"), None)
            opened = inner is not None and doc[inner.left_edge.i - (inner.left_edge.text != ",")].text == ","
            who = inner is not None and any(c.dep_ == "nsubj" and c.tag_ in ("WP", "WDT") for c in inner.children)
            if inner is not None and opened and who and inner.tag_ == verb.tag_ and verb.head in inner.ancestors and verb.head.i < inner.left_edge.i:
                yield verb, inner, "conj"


def reduced_objects(doc: Doc) -> Iterator[Move]:
    """Hang participles that are read as what a verb says, though it takes no clause, on its object: "welcomed the deal reached between the two"."""
    for participle in labelled(doc, "ccomp"):
        verb = participle.head
        bare = not any(c.dep_ in ("aux", "aux:pass", "mark", "cop", "obj") and c.i < participle.i for c in participle.children)
        if participle.tag_ not in ("VBN", "VBD") or verb.pos_ != "VERB" or verb.lemma_ not in TAKES_NO_CLAUSE or not bare or participle.i < verb.i:
            continue
        own = [c for c in participle.children if c.dep_ in SUBJECTS and c.i < participle.i]
        noun = own[0] if len(own) == 1 else next((c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < participle.i), None)
        if noun is None or noun.pos_ not in ("NOUN", "PROPN") or noun.i < verb.i or (own and any(c.dep_ == "obj" for c in verb.children)):
            continue
        if any(c.dep_ == "obj" for c in participle.children):
            continue  # "condemned, Togo said, the raid"
        yield noun, verb, "obj"
        yield participle, noun, "acl"


def which_clauses(doc: Doc) -> Iterator[Move]:
    """Hang clauses with "which" that are read as what a verb before them says on the noun they describe: "condemned raids in Togo which have killed"."""
    for clause in labelled(doc, "ccomp"):
        verb = clause.head
        pronoun = next((c for c in clause.children if c.lower_ == "which" and c.dep_ in (*SUBJECTS, "obl", "obj") and c.i < clause.i), None)
        if pronoun is None or clause.pos_ not in ("VERB", "AUX") or verb.pos_ != "VERB" or clause.i < verb.i or pronoun.sent[-1].text == "?":
            continue
        opening = preposition_of(pronoun) or pronoun
        last = doc[opening.i - 1 - (doc[opening.i - 1].text == "," and opening != pronoun)]
        noun = _described(last, verb, clause, pronoun)
        if opening.i == clause.left_edge.i + clause.left_edge.is_punct and noun is not None:
            yield clause, noun, "acl:relcl"


def clauses_of_deeds(doc: Doc) -> Iterator[Move]:
    """Hang clauses that only a deed can be told of on the deed, not on what it hit: "the attack on the Pearl Hotel, which was claimed by"."""
    for clause in labelled(doc, "acl:relcl"):
        if not any(c.dep_ in SUBJECTS and c.lower_ in ("which", "that") for c in clause.children):
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
        if outer is not None and not any(c.dep_ in SUBJECTS for c in outer.children):
            yield outer, clause, "conj"  # "condemned the attack which was claimed by X and resulted in deaths"


def clauses_of_gatherings(doc: Doc) -> Iterator[Move]:
    """Hang clauses on who holds or attends something on that, not on where it is: "the summit in Vilnius, which Lithuania will host"."""
    for clause in labelled(doc, "acl:relcl"):
        place = clause.head
        held = clause.lemma_ in _HELD and any(c.dep_ == "obj" and c.lower_ in ("which", "that") for c in clause.children)
        preposition = preposition_of(place)
        if held and preposition is not None and preposition.lower_ in ("in", "at", "of") and place.dep_ == "nmod" and place.head.i < place.i:
            yield clause, place.head, "acl:relcl"


def held_by(doc: Doc) -> Iterator[Move]:
    """Hang a participle for who holds something, behind a comma, on the occasion before it: "returned to the talks, hosted by Qatar"."""
    for participle in labelled(doc, "advcl"):
        noun = doc[participle.i - 2] if participle.i > 1 and doc[participle.i - 1].text == "," else participle
        bare = participle.tag_ == "VBN" and participle.lemma_ in _HELD and not any(c.dep_ in ("mark", "aux:pass", *SUBJECTS) for c in participle.children)
        if bare and noun.pos_ == "NOUN" and noun.i < participle.i and participle not in noun.ancestors:
            yield participle, noun, "acl"


def nearest_described(doc: Doc) -> Iterator[Move]:
    """Hang a participle right behind a noun in apposition on that noun: "in Abyei, a region claimed by Sudan"."""
    for participle in labelled(doc, "acl"):
        noun = doc[participle.i - 1]
        behind = participle.tag_ == "VBN" and participle.left_edge.i == participle.i and noun.dep_ == "appos" and noun.pos_ == "NOUN"
        behind = behind and doc[max(0, bounds_of(noun)[0] - 1)].text == ","
        if behind and participle.head.i < noun.left_edge.i and participle not in noun.ancestors:
            yield participle, noun, "acl"


def appositions_of_places(doc: Doc) -> Iterator[Move]:
    """Hang what a place is called on the name right before the comma, not on a deed further back: "the attack near Aden, a port run by Yemen"."""
    for noun in labelled(doc, "appos"):
        first = bounds_of(noun)[0]
        if noun.lemma_.lower() not in _PLACES or noun.tag_ != "NN" or first < 2 or doc[first - 1].text != ",":
            continue
        name = head_of_name(doc[first - 2])
        if name.pos_ == "PROPN" and name != noun.head and name.dep_ in ("nmod", "obl") and noun.head.i < name.i and noun.head.pos_ == "NOUN":
            yield noun, name, "appos"


def within_relatives(doc: Doc) -> Iterator[Move]:
    """Hang a clause with "after" or "before" right behind a relative clause on that clause: "a leader who fled after being accused"."""
    for clause in labelled(doc, "advcl"):
        mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ in ("after", "before", "while") and c.i < clause.i), None)
        if mark is None or clause.tag_ not in ("VBG", "VBN") or mark.i == 0 or doc[mark.i - 1].is_punct or clause.left_edge.i != mark.i:
            continue
        above = doc[mark.i - 1]
        inner = next((t for t in (above, *above.ancestors) if t.dep_ == "acl:relcl"), None)
        if inner is not None and inner.pos_ == "VERB" and clause.head.i < inner.i and clause.head in inner.ancestors and inner.right_edge.i == mark.i - 1:
            yield clause, inner, "advcl"


def finite_behind_gerunds(doc: Doc) -> Iterator[Move]:
    """Coordinate a finite verb with the finite verb above a gerund, not with the gerund: "denied losing the town and attacked another"."""
    for verb in labelled(doc, "conj"):
        gerund, above = verb.head, verb.head.head
        own = {c.dep_ for c in verb.children}
        finite = verb.tag_ in ("VBD", "VBZ") and not own & {"aux", "aux:pass", "mark", *SUBJECTS} and "cc" in own
        if finite and gerund.tag_ == "VBG" and gerund.dep_ in ("xcomp", "ccomp") and above.tag_ in (verb.tag_, "VBN") and above.i < gerund.i < verb.i:
            yield verb, above, "conj"


def some_of_whom(doc: Doc) -> Iterator[Move]:
    """Give "one of whom" and who is named behind it to the verb behind, and that to those before: "two reporters, one of whom, Ana Lind, left"."""
    for whom in spelled(doc, ("whom", "which")):
        first = whom.i - 2
        if first < 2 or doc[whom.i - 1].lower_ != "of" or doc[first - 1].text != "," or doc[first].lower_ not in _SOME:
            continue
        noun, part = head_of_name(doc[first - 2]), doc[first]
        verb = next((t for t in doc[whom.i + 1 : whom.sent.end] if t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP", "VBN")), None)
        if verb is None or noun.pos_ not in ("NOUN", "PROPN") or verb in noun.ancestors:
            continue
        yield part, verb, subject_label(verb)
        yield whom, part, "nmod"
        yield verb, noun, "acl:relcl"
        if whom.i + 2 < verb.i and doc[whom.i + 1].text == ",":
            named = head_of_name(doc[whom.i + 2 + (doc[whom.i + 2].pos_ == "DET")])
            if named.pos_ == "PROPN" and named.i < verb.i:
                yield named, part, "appos"


def clauses_of_pacts(doc: Doc) -> Iterator[Move]:
    """Hang clauses on who made an agreement on that, not on what became of it: "a breach of the truce that Chad and Mali signed"."""
    for clause in labelled(doc, "acl:relcl"):
        pronoun = next((c for c in clause.children if c.lower_ in ("that", "which") and c.i < clause.i), None)
        if pronoun is None or clause.lemma_ not in _CONCLUDED or pronoun.i <= clause.head.i + 1:
            continue
        pact = doc[pronoun.i - 1]
        if pact.lemma_.lower() in PACTS and pact.dep_ == "nmod" and clause.head in pact.ancestors and clause not in pact.ancestors:
            yield clause, pact, "acl:relcl"


def pacts_made(doc: Doc) -> Iterator[Move]:
    """Give a participle behind an agreement and its makers the makers as subject: "the agreement the two nations signed in May"."""
    for verb in labelled(doc, "acl"):
        pact = verb.head
        passive = any(c.dep_ in ("obl:agent", "aux:pass", "obj") for c in verb.children)
        if verb.lemma_ not in _CONCLUDED or verb.tag_ not in ("VBN", "VBD") or passive or pact.lemma_.lower() not in PACTS:
            continue
        makers = next((c for c in (*verb.children, *pact.children) if pact.i < c.i < verb.i and c.right_edge.i == verb.i - 1), None)
        if makers is None or makers.pos_ not in ("NOUN", "PROPN") or preposition_of(makers) is not None:
            continue
        gap = doc[pact.i + 1 : makers.left_edge.i]
        if not len(gap) or (len(gap) == 1 and gap[0].lower_ in ("that", "which")):
            yield from ((word, verb, "obj") for word in gap)
            yield makers, verb, "nsubj"
            yield verb, pact, "acl:relcl"


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
    if preposition_of(pronoun) is not None:
        return next((c for c in last.head.children if c.dep_ in ("obj", "iobj", "nsubj:pass")), chain[0])
    finite = next((c for c in clause.children if c.dep_.startswith(("aux", "cop"))), clause)
    several = finite.lower_ in ("have", "are", "were") or finite.tag_ == "VBP"
    fitting = (n for n in chain if (n.tag_ in ("NNS", "NNPS")) == several)
    return next(fitting, chain[0]) if several or finite.lower_ in ("has", "is", "was") or finite.tag_ == "VBZ" else chain[0]


def having_done(doc: Doc) -> Iterator[Move]:
    """Make "having" before an adverb and a participle its auxiliary, not a verb of its own: "for having materially assisted the group"."""
    for having in spelled(doc, ("having",)):
        done = having.nbor() if having.i + 1 < having.sent.end else having
        while done.pos_ == "ADV" and done.i + 1 < having.sent.end:
            done = done.nbor()
        if done.tag_ not in ("VBN", "VBD"):
            continue
        if having.head.i == done.i and having.dep_ == "advcl":
            yield from ((child, done, child.dep_) for child in having.children)
            yield having, done, "aux"
        elif done.i > having.i + 1 and not having.dep_.startswith("aux") and done.dep_ in ("amod", "xcomp", "ccomp", "acl", "dep"):
            yield from _turned_over(having, done)


def _turned_over(having: Token, done: Token) -> Iterator[Move]:
    """Give what a verb has to the participle that it only helps, and the noun that this was read as describing for an object."""
    noun = done.head
    yield done, having.head, having.dep_
    yield having, done, "aux"
    yield from ((child, done, child.dep_) for child in having.children if child.i != done.i)
    if noun.i > done.i:
        yield noun, done, "obj"


def shared_beneficiary(doc: Doc) -> Iterator[Move]:
    """Hang whom several verbs share, behind the last preposition, on the first: "assisted, sponsored, or provided support for, or goods in support of, X"."""
    for verb in labelled(doc, "advcl", "acl", "acl:relcl", "conj", "xcomp", "ROOT"):
        joined = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > verb.i]
        if verb.lemma_ != "assist" or not joined or any(c.dep_ == "obj" for c in verb.children):
            continue
        ahead = doc[verb.i + 1 : verb.sent.end]
        of = next((t for t in ahead if t.lower_ == "of" and t.nbor(-1).lower_ == "support"), None)
        named = next((t for t in doc[of.i + 1 : verb.sent.end] if t.head.i <= of.i and t.pos_ in ("PROPN", "NOUN")), None) if of is not None else None
        if of is not None and named is not None and all(t.is_punct or named in t.ancestors or t.i == named.i for t in doc[of.i + 1 : named.i + 1]):
            yield named, verb, "obj"
            yield of, doc[of.i - 1], "fixed"


def as_did(doc: Doc) -> Iterator[Move]:
    """Coordinate who did the same with the subject of the clause before: "France condemned it, as did Germany and Italy", "and so did Peru", "nor did Mali"."""
    for opening in spelled(doc, ("as", "so", "nor", "neither")):
        auxiliary = opening.nbor() if opening.i + 2 < opening.sent.end else opening
        led_in = opening.i > opening.sent.start and (opening.nbor(-1).text == "," or opening.nbor(-1).lower_ == "and")
        if auxiliary.lower_ not in _STANDING_IN or not led_in:
            continue
        behind = doc[auxiliary.i + 1 : auxiliary.sent.end]
        tops = (t for t in behind if t.head.i < opening.i or t.head.i in (opening.i, auxiliary.i))
        noun = next((t for t in tops if t.pos_ in ("NOUN", "PROPN") or t.tag_ == "PRP"), None)
        verb = next((t for t in noun.ancestors if t.i < opening.i and t.pos_ == "VERB"), None) if noun is not None else None
        first = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None) if verb is not None else None
        if noun is None or first is None or any(t.pos_ == "VERB" and t.i < noun.i for t in behind):
            continue
        if auxiliary.head.i != noun.i:
            for word in [c for c in auxiliary.children if c.i < auxiliary.i and not c.is_punct]:
                yield word, noun, "cc"
        yield noun, first, "conj"
        yield auxiliary, noun, "fixed"
        yield opening, noun, "cc"


def told_pronouns(doc: Doc) -> Iterator[Move]:
    """Make a pronoun behind "that", read as the object of the verb of saying, the subject of the clause: "said in a statement that it condemned"."""
    for pronoun in labelled(doc, "obj", "iobj"):
        that = doc[pronoun.i - 1] if pronoun.i else pronoun
        if that == pronoun.head or (that.lower_ in CALENDAR and that.head == pronoun.head):
            yield from _told_without_that(pronoun)
            continue
        clause = that.head
        behind = pronoun.tag_ == "PRP" and that.lower_ == "that" and that.dep_ == "mark" and clause.i > pronoun.i and clause.head == pronoun.head
        if behind and not any(c.dep_ in (*SUBJECTS, "expl") for c in clause.children):
            yield pronoun, clause, "nsubj"


def told_on(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield verbs hung on a verb of saying that go on with what is said: in "said they had crossed the border and killed two" nobody who speaks killed.

    What is said stands in the perfect, and so does the verb behind it; a comma before "and" takes up the speaker again, not so in a list that "or" ends:
    "denied it had armed them, attacked Oman or threatened Kuwait".
    """
    for verb in labelled(doc, "conj"):
        saying = verb.head
        told = next((c for c in saying.children if c.dep_ == "ccomp" and saying.i < c.i < verb.i and c.pos_ == "VERB"), None)
        if told is None or verb.tag_ not in ("VBD", "VBN") or any(c.dep_ in (*SUBJECTS, "aux", "aux:pass", "mark") for c in verb.children):
            continue
        perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in told.children)
        joined = next((c for c in verb.children if c.dep_ == "cc" and c.i < verb.i), None)
        listed = joined is None and any(g.lower_ == "or" for c in verb.children if c.dep_ == "conj" for g in c.children)
        if perfect and (listed or (joined is not None and joined.i and doc[joined.i - 1].text not in (",", "”", '"', "’", "'"))):
            yield verb, told


def told_off(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield verbs behind ", and" that are hung on what is said and stand in the tense of the verb of saying: "says it broke the law, and has fined it".

    The same of a clause that describes a noun: "discussed Chad, where rebels are gaining ground, and condemned the raid".
    """
    for verb in labelled(doc, "conj"):
        told = verb.head
        saying = told.head if told.dep_ == "ccomp" else _told_around(told)
        joined = next((c for c in verb.children if c.dep_ == "cc"), None)
        if saying is None or not saying.i < told.i < verb.i or joined is None or "," not in (doc[joined.i - 1].text, joined.left_edge.text):
            continue
        free = not any(c.dep_ in (*SUBJECTS, "mark") for c in verb.children) and any(c.dep_ in SUBJECTS for c in told.children)
        if free and _tense(verb) == _tense(saying) is not None and _tense(told) not in (None, _tense(saying)):
            yield verb, saying


def _told_around(clause: Token) -> Token | None:
    """Return the verb of the clause around one that describes a noun and is led in by a word of its own; None if it is no such clause."""
    if clause.dep_ not in ("acl", "acl:relcl") or not any(c.tag_ in ("WDT", "WP", "WRB") and c.i < clause.i for c in clause.children):
        return None
    return next((t for t in clause.ancestors if t.pos_ == "VERB" and any(c.dep_ in SUBJECTS and c.i < t.i for c in t.children)), None)


def _tense(verb: Token) -> str | None:
    """Return whether a verb stands in the present (perfect) or in the past; None if neither shows."""
    standing = {c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass")}
    if standing & {"has", "have", "is", "are"} or verb.tag_ in ("VBZ", "VBP"):
        return "present"
    bare = verb.tag_ == "VBN" and not standing and any(c.dep_ == "obj" and c.i > verb.i for c in verb.children)  # "condemned" read as a participle
    return "past" if verb.tag_ == "VBD" or standing & {"had", "was", "were"} or bare else None


def strayed(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield subjects hung on the verb of saying that follows: in "X visited Japan, the BBC reported" X belongs to "visited"."""
    heads = Counter(subject.head.i for subject in labelled(doc, "nsubj"))
    for verb in (doc[place] for place, count in sorted(heads.items()) if count > 1):
        own = [c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in RELATIVE]
        if verb.pos_ != "VERB" or len(own) < 2:
            continue
        said = next((c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "VERB" and not any(g.dep_ in SUBJECTS for g in c.children)), None)
        if said is not None and own[0].i < said.i < own[-1].i:
            yield own[0], said


def disputed_charges(doc: Doc) -> Iterator[Move]:
    """Hang who denies "a charge" on it, not the charge and what it is about on the denial: "accused Mali of arming them, a charge Bamako rejected"."""
    for noun in spelled(doc, _TAKING_UP):
        start = noun.i - (doc[noun.i - 1].lower_ in ("a", "an")) if noun.i > 1 else 0
        if not start or doc[start - 1].text != ",":
            continue
        denial = _denial_behind(noun)
        if denial is not None and (noun.head.i >= start or noun.dep_ == "ROOT" or denial.head != noun):
            yield from _below_charge(noun, denial, start)


def _denial_behind(noun: Token) -> Token | None:
    """Return the verb of denial behind a noun and its own subject or before "by", with no comma before it and no object behind it."""
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.text in (",", ";") or token.lower_ in ("who", "whom"):
            return None
        if token.pos_ == "VERB" and token.lemma_ in _DISPUTING:
            own = any(c.dep_ in SUBJECTS and noun.i < c.i < token.i for c in token.children)
            passive = token.i == noun.i + 1 and any(c.dep_ in ("obl:agent", "obl") and c.i > token.i for c in token.children)
            taken = any(c.dep_ in ("obj", "ccomp") and c.i > token.i for c in token.children)
            return token if (own or passive) and not taken and token.tag_ in ("VBD", "VBZ", "VBP", "VBN") else None
    return None


def _below_charge(noun: Token, denial: Token, start: int) -> Iterator[Move]:
    """Yield what hangs a denial on its charge, and what stands before on the verb that the charge takes up."""
    above = [t for t in noun.doc[noun.sent.start : start] if t.head.i >= start or t.head == t]
    charging = next((t for t in above if t.pos_ == "VERB" and t.tag_ != "VBG"), None)
    charging = charging or (denial.head if denial.head.i < start and denial.head.pos_ == "VERB" else None)
    if charging is None or (charging.head.i < start and charging.head != charging and charging != denial.head):
        return
    if charging.head.i >= start:
        yield charging, charging, "ROOT"
    if noun.pos_ == "VERB":
        noun.pos_, noun.tag_, noun.lemma_ = "NOUN", "NNS", noun.lower_.removesuffix("s")
    for word in above:
        if word != charging and not word.is_space:
            yield word, charging, word.dep_ if word.dep_ != "ROOT" else "dep"
    yield noun, charging, "parataxis"
    yield denial, noun, "acl:relcl"


def said_within(doc: Doc) -> Iterator[Move]:
    """Hang who says so on the relative clause that they stand in: "the rebels, who experts say attacked the town"."""
    for clause in labelled(doc, "acl:relcl"):
        pronoun = next((c for c in clause.children if c.lower_ in ("who", "which", "that") and c.tag_ in ("WP", "WDT") and c.i < clause.i), None)
        if pronoun is None or clause.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        said = next((t for t in doc[pronoun.i + 2 : clause.i] if t.pos_ == "VERB" and t.lemma_ in SAYING | _BELIEVING), None)
        if said is None or said.tag_ not in ("VBD", "VBZ", "VBP") or said.head not in (clause, clause.head) or doc[said.i + 1].text == ",":
            continue
        if not any(c.dep_ in SUBJECTS and pronoun.i < c.i for c in said.children) or any(c.dep_ in SUBJECTS and c.i > said.i for c in clause.children):
            continue
        yield said, clause, "parataxis"
        own = {c.dep_ for c in clause.children if c != pronoun}
        past = clause.tag_ == "VBN" and "obj" in own and not own & {"aux", "aux:pass"}  # taggers take "attacked" for a participle, too
        if not any(c.dep_ in SUBJECTS for c in clause.children) and (past or _is_own_gap(clause)):
            yield pronoun, clause, subject_label(clause)


def _is_own_gap(clause: Token) -> bool:
    """Tell whether a finite clause needs its relative pronoun for a subject."""
    return clause.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "aux:pass", "cop") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in clause.children)


def suspects(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield participles behind a comma that are read as another name of whom they describe: "Omar, suspected of killing her, fled"."""
    for participle in labelled(doc, "appos"):
        bare = participle.tag_ == "VBN" and participle.pos_ == "VERB" and participle.i > participle.head.i
        if bare and not any(c.dep_ in ("det", "case", "cop", "aux", "aux:pass", *SUBJECTS) for c in participle.children):
            yield participle, participle.head


def charges(doc: Doc) -> Iterator[Move]:
    """Hang the deed of which somebody is accused on the verb, not on whom it accuses: "they suspect Peru of arming Chile"."""
    for deed in labelled(doc, "acl"):
        accused, verb = deed.head, deed.head.head
        led = any(c.dep_ == "mark" and c.lower_ in ("of", "with") and c.i < deed.i for c in deed.children)
        if deed.tag_ == "VBG" and led and accused.dep_ in ("obj", "iobj") and verb.lemma_ in _CHARGING and accused.i > verb.i:
            yield deed, verb, "advcl"


def joined_acts(doc: Doc) -> Iterator[Move]:
    """Coordinate what is read as a clause that a verb says, though it takes none: "thanked the premier, condemned the raid, and urged Peru to leave"."""
    for verb in labelled(doc, "ccomp", "advcl"):
        first, head = verb.left_edge.i, verb.head
        if verb.dep_ == "advcl" and not (verb.tag_ in ("VBN", "VBD") and any(c.dep_ == "obj" and c.i > verb.i for c in verb.children)):
            continue
        if head.lemma_ not in TAKES_NO_CLAUSE or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP") or not head.i < first:
            continue
        comma = "," in (doc[first].text, doc[first - 1].text)
        own = any(c.dep_ in (*SUBJECTS, "mark", "aux", "aux:pass", "obl:agent", "expl") for c in verb.children)
        if comma and not own and any(c.dep_ in ("obj", "iobj", "obl", "ccomp", "xcomp") and c.i > verb.i for c in verb.children):
            yield verb, head, "conj"


def joined_below(doc: Doc) -> Iterator[Move]:
    """Coordinate a verb behind "and" with the one before it, which is read as what it says: "Lind met Novak, who leads the bank, and praised Peru"."""
    for verb in labelled(doc, "ROOT"):
        joined = next((c for c in verb.children if c.dep_ == "cc" and c.i < verb.i <= c.i + 2), None)
        free = verb.tag_ in ("VBD", "VBZ", "VBP") and not any(c.dep_ in (*SUBJECTS, "expl") for c in verb.children)
        if joined is None or not free or joined.lower_ != "and":
            continue
        before = [c for c in verb.children if c.dep_ == "ccomp" and c.i < joined.i and c.tag_ in ("VBD", "VBZ", "VBP")]
        if len(before) == 1 and any(c.dep_ in SUBJECTS for c in before[0].children) and not any(c.dep_ == "mark" for c in before[0].children):
            yield before[0], before[0], "ROOT"
            yield verb, before[0], "conj"


def dismissed_as(doc: Doc) -> Iterator[Move]:
    """Hang what is dismissed on the verb, not on the word for what it is called: "rejected as baseless a report by the paper that they had armed them"."""
    for mark in spelled(doc, ("as",)):
        called = mark.head
        verb = called.head
        if mark.dep_ not in ("mark", "case") or called.i != mark.i + 1 or verb.lemma_ not in _DISMISSING or verb.pos_ != "VERB" or verb.i > mark.i:
            continue
        noun = next((c for c in called.children if c.dep_ == "obj" and c.left_edge.i == called.i + 1 and c.pos_ == "NOUN"), None)
        if noun is None or called.lower_.endswith("ing"):
            continue
        yield noun, verb, "obj"
        for clause in (*called.children, *verb.children):
            if clause.dep_ in ("ccomp", "acl") and clause.i > noun.i and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
                yield clause, noun, "acl"


def _told_without_that(pronoun: Token) -> Iterator[Move]:
    """Yield the pronoun between a verb of saying and a finite clause without a subject as that: "said it had recalled its envoy"."""
    verb = pronoun.head
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > pronoun.i and c.left_edge.i == pronoun.i + 1), None)
    if verb.lemma_ not in SAYING or clause is None or pronoun.lower_ not in ("it", "he", "she", "they", "we", "i"):
        return
    if _is_own_gap(clause) and not any(c.dep_ in (*SUBJECTS, "expl", "csubj") for c in clause.children):
        yield pronoun, clause, subject_label(clause)


def finite_joined(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield finite verbs coordinated with an infinitive, with the finite verb above it: "calls on Chad to free him and reiterates its support"."""
    for verb in labelled(doc, "conj"):
        infinitive = verb.head
        third = verb.lower_.endswith("s") and verb.lower_ != verb.lemma_ and verb.tag_ in ("VB", "VBZ")
        if verb.pos_ != "VERB" or infinitive.tag_ != "VB" or not (third or verb.tag_ == "VBD") or verb.i < infinitive.i:
            continue
        if any(c.dep_ in (*SUBJECTS, "mark", "aux", "aux:pass", "expl") for c in verb.children) or not any(c.dep_ == "mark" for c in infinitive.children):
            continue
        tags = ("VBZ",) if third else ("VBD",)
        above = next((t for t in infinitive.ancestors if t.pos_ == "VERB" and t.tag_ in tags and t.i < infinitive.i), None)
        if above is not None:
            yield verb, above


def series(doc: Doc) -> Iterator[Move]:
    """Coordinate the bare verbs of a list that are read as adverbial clauses: "plans to meet him, visit Oman and sign it", "denied arming, hosting and …"."""
    for verb in labelled(doc, "advcl", "parataxis"):
        head, first = verb.head, verb.left_edge.i
        bare = verb.tag_ == head.tag_ and not any(c.dep_ in (*SUBJECTS, "mark", "aux", "aux:pass", "cop", "cc") for c in verb.children)
        if not bare or not head.i < first or "," not in (doc[first].text, doc[first - 1].text):
            continue
        joined = any(c.dep_ == "conj" and c.tag_ == verb.tag_ and any(g.dep_ == "cc" for g in c.children) for c in verb.children)
        gerunds = verb.tag_ == "VBG" and joined and head.dep_ in ("xcomp", "obj", "ccomp", "acl", "advcl") and head.i and head.nbor(-1).text != ","
        if gerunds or (verb.tag_ == "VB" and any(c.dep_ in ("mark", "aux") and c.i < head.i for c in head.children)):
            yield verb, head, "conj"


def told_alike(doc: Doc) -> Iterator[Move]:
    """Coordinate the second of two clauses with "that", or "to", with the first, not with the verb above: "denied that it had, and that its navy had"."""
    for verb in labelled(doc, "conj"):
        head, mark = verb.head, next((c.lower_ for c in verb.children if c.dep_ == "mark"), None)
        if mark not in ("that", "to") or any(c.dep_ == "mark" and c.lower_ == mark for c in head.children):
            continue
        below = [c for n in (head, *(c for c in head.children if c.dep_ == "obj")) for c in n.children if c.dep_ in ("ccomp", "xcomp", "acl")]
        alike = [c for c in below if head.i < c.i < verb.i and any(g.dep_ == "mark" and g.lower_ == mark for g in c.children)]
        if alike:
            yield verb, alike[-1], "conj"


def asked_first(doc: Doc) -> Iterator[Move]:
    """Hang what somebody is asked on the asking, and that on the answer: "Asked whether Chad had left, Lind declined to say"."""
    for asked in labelled(doc, "advcl"):
        told = asked.head
        opens = asked.tag_ == "VBN" and asked.lemma_ in ("ask", "question", "press", "quiz") and asked.left_edge.i == asked.sent.start
        if not opens or told.dep_ != "ROOT" or not any(c.dep_ == "mark" and c.lower_ in ("whether", "if") and c.i == asked.i + 1 for c in told.children):
            continue
        answer = next((c for c in told.children if c.dep_ in ("conj", "parataxis", "ccomp") and any(g.dep_ in SUBJECTS for g in c.children)), None)
        if answer is not None and answer.i > told.i and doc[answer.left_edge.i - 1].text == ",":
            yield answer, answer, "ROOT"
            yield asked, answer, "advcl"
            yield told, asked, "ccomp"


def bare_joined(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Yield bare verbs that hang on a finite one, with the bare one before them: "said he would go to Rome, meet Lind and sign it"."""
    for verb in labelled(doc, "conj", "ccomp"):
        finite, first = verb.head, verb.left_edge.i
        past = finite.tag_ in ("VBD", "VBN")  # taggers take "denied" for a participle, too
        comma = "," in (doc[first].text, doc[first - 1].text)
        bare = verb.tag_ == "VB" and verb.lower_ == verb.lemma_ and (comma or verb.dep_ == "conj")  # taggers take "reiterates" for one, too
        if not (bare or (verb.tag_ == "VBP" and past and comma)) or not (past or finite.tag_ in ("VBZ", "VBP")) or not finite.i < first:
            continue
        if any(c.dep_ in (*SUBJECTS, "mark", "aux", "aux:pass", "expl") for c in verb.children):
            continue
        helped = (t for t in reversed(doc[finite.i + 1 : first]) if t.tag_ == "VB" and any(c.tag_ in ("MD", "TO") and c.i < t.i for c in t.children))
        before = next(helped, None)
        if before is not None and finite in before.ancestors:
            yield verb, before
