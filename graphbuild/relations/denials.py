"""Who takes up what was told, without saying it again: "the Emirates reject this", "a claim that Kyiv calls false", "we did not", "it may do so again"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.classes import DEEDS
from graphbuild.names import family
from graphbuild.records import Modality, Span, Statement
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.qualifiers import qualify
from graphbuild.speech import REPORTS, SAY, SHARES, UNTRUE, Speech, reported_by, speech_at
from graphbuild.syntax import agents, case_of, clause_of, has_copula, is_negated, is_passive, objects, possessors, subjects, surface_subjects

_DENY = frozenset("deny disavow reject dismiss dispute refute rebut contest".split())
_CALL = frozenset("call describe brand label term dub".split())
_IT = frozenset("it this that these both which".split())
_CHARGES = REPORTS | frozenset("involvement responsibility role part hand link complicity wrongdoing reports version".split())
"""Nouns for what somebody is said to have done."""
_FALSE = UNTRUE | frozenset("propaganda rubbish libel lies incorrect wrong bogus".split())
_EACH = frozenset("both all each neither none two three four".split())
"""Words for all of those who were charged before."""
_GROUND = frozenset("town city village base area position district region island bridge airport border crossing".split())
_AFFAIRS = frozenset("incident matter affair plot operation event death".split())
"""Nouns for what happened, whoever did it."""
_TELLABLE = DEEDS | _CHARGES | _AFFAIRS
_RIGHT = frozenset("true correct so right".split())
_TAKING_PART = frozenset("have play bear take".split())
_INVOLVED = frozenset("responsible involved complicit behind".split())
_ECHOING = _DENY | _CALL | _TAKING_PART | {"do"}
"""Lemmas of the words that may take up what was told; and, as they are written:"""
_SAYING_SO = _FALSE | _RIGHT | _INVOLVED
_ANSWERS = ("ccomp", "parataxis", "obj", "dep")
_AUXILIARIES = frozenset("do have be will would may might can could shall should".split())
_EVENTS_BACK = 1
"""How many sentences back what is taken up may have been told."""


@dataclass(frozen=True, slots=True)
class _Echo:
    """A word that takes up what was told: who says so (none: the document itself), the clause or noun that it is said of, and of which relations alone."""

    word: Token
    by: tuple[Token, ...]
    told: Token | None = None
    only: frozenset[str] = frozenset()


def denials(
    statements: Sequence[Statement], arguments: Arguments, served: Mapping[str, set[str]], text: str, speeches: tuple[Speech, ...], catalogue: Catalogue
) -> Iterator[Statement]:
    """Yield the told acts that somebody denies, as denied by them; and those that a clause without a verb of its own says or unsays.

    Parameters:
        statements: what the document tells, in text order.
        served: person → countries and bodies that they speak for.
        text: the raw text, of which every quote is a part.
        speeches: who speaks where.
        catalogue: what words evoke which relation.
    """
    index = _Told(statements, arguments, served, text, speeches)
    for token in arguments.doc if statements else ():
        if (echo := _echo(token)) is not None:
            yield from index.denied(echo)
        elif _is_elliptic(token):
            yield from index.repeated(token)
        elif (deed := _denied_deed(token)) is not None:
            yield from index.unowned(token, deed, {relation.name for relation, _ in catalogue.evoked_by["noun"].get(deed.lemma_.lower(), ())})
        elif (kind := _emptied(token)) is not None:
            yield from index.emptied(token, {relation.name for relation, _ in catalogue.evoked_by[kind].get(token.lemma_.lower(), ())})


def _echo(token: Token) -> _Echo | None:
    """Recognise "denied it", "rejects the charge", "called it a lie", "a claim that Kyiv disputes", "that is untrue"."""
    lemma, word = token.lemma_, token.lower_
    if lemma not in _ECHOING and word not in _SAYING_SO:
        return None
    if token.pos_ == "VERB" and (lemma in _DENY or (lemma in _CALL and _is_called_false(token))):
        return _denial(token)
    if (uninvolved := _uninvolved(token)) is not None:
        return _Echo(token, tuple(uninvolved))
    if (speaker := _answers_false(token)) is not None:
        return _Echo(token, (speaker,))
    false = word in _FALSE and has_copula(token) and not any(c.lower_ in ("not", "n't", "n’t") for c in token.children)
    wrong = word in _RIGHT and has_copula(token) and any(c.lower_ in ("not", "n't", "n’t") for c in token.children)
    if (false or wrong) and any(_points_back(s) for s in subjects(token)):
        return _Echo(token, ())
    return None


def _denial(verb: Token) -> _Echo | None:
    # What is called a lie may stand right behind the verb, before a clause: denies it: eight people, it says, died. A "that" may open the clause itself.
    pointed = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in _IT and verb.nbor().dep_ != "mark"
    if verb.lemma_ == "deny" and any(c.lemma_ == "lose" and _is_ground(c) for c in verb.children if c.dep_ in ("xcomp", "ccomp")):
        return _Echo(verb, tuple(subjects(verb)), only=frozenset(("seized",)))  # "The army said it had retaken Mongo. The rebels denied losing the town."
    if any(c.dep_ in ("ccomp", "xcomp") and verb.lemma_ in _DENY and c.pos_ == "VERB" for c in verb.children) and not pointed:
        return None
    by = tuple(agents(verb)) if is_passive(verb) else tuple(subjects(verb))
    relative = verb.dep_ in ("acl:relcl", "acl") and (verb.head.lemma_.lower() in _CHARGES or verb.head.lower_ == "something")
    if relative and verb.head.dep_ in ("appos", "dep", "conj", "parataxis", "obl", "nmod", "obj", "ccomp"):
        return _Echo(verb, by, verb.head.head)  # "…, a claim that Kyiv denied"
    pronoun = next((c for c in verb.children if c.lower_ == "which" and c.dep_ in ("obj", "nsubj", "nsubj:pass", "dep", "obl", "iobj", "mark")), None)
    if pronoun is not None and pronoun.i and pronoun.nbor(-1).text == ",":
        return _Echo(verb, by, _told_before(verb) if verb.head.i < verb.i else None)
    taken = [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass", "xcomp")] if is_passive(verb) else objects(verb)
    before = [o for o in taken if o.i < verb.i and o.head.i == verb.i and o.lemma_.lower() in _CHARGES and "," in [t.text for t in o.doc[o.i - 2 : o.i]]]
    if before and by and verb.head.i < before[0].i:
        return _Echo(verb, by, verb.head)  # "…, a charge Chad denies"
    return _Echo(verb, by) if pointed or any(_points_back(o) for o in taken) else None


def _is_ground(losing: Token) -> bool:
    """Tell whether what is lost is a place that was spoken of: "losing the town", "had lost control of it"."""
    return any(o.lemma_.lower() in _GROUND and any(c.lower_ in ("the", "that", "this", "either", "any") for c in o.children) for o in objects(losing))


def _told_before(verb: Token) -> Token:
    """Return what "which" takes up: a noun, or where that is no deed the clause around it that somebody tells: "claims Chad hit Oslo, which Chad denies"."""
    noun, clause = verb.head, clause_of(verb.head)
    told = verb.lemma_ in ("deny", "dispute") and noun.pos_ in ("PROPN", "NOUN") and noun.lemma_.lower() not in _TELLABLE
    return clause if told and clause.pos_ == "VERB" and clause.i < noun.i and reported_by(clause) is not None else noun


def _uninvolved(token: Token) -> list[Token] | None:
    """Return who "had no hand in it", "has nothing to do with the attack", "was not responsible", "did no such thing"."""
    if token.lemma_ in _TAKING_PART and token.pos_ in ("VERB", "AUX"):
        negated = is_negated(token)
        shares = [o for o in objects(token) if o.lemma_.lower() in SHARES and _is_of_deed(o) and _is_of_deed(token)]
        denied = any(negated or any(c.lower_ == "no" for c in o.children) for o in shares)
        nothing = any(o.lower_ == "nothing" and _to_do_with_deed(o, token) for o in objects(token))
        return surface_subjects(token) if denied or nothing else None
    if token.lower_ in _INVOLVED and is_negated(token) and _is_of_deed(token):
        return surface_subjects(token)
    if token.lemma_ == "do" and token.pos_ == "VERB":
        such = any({"no", "such"} <= {c.lower_ for c in o.children} for o in objects(token))
        kind = any(o.lower_ == "nothing" and any(c.lemma_ in ("kind", "sort") for c in o.children) for o in objects(token))
        return surface_subjects(token) if such or kind else None
    return None


def _is_of_deed(share: Token) -> bool:
    """Tell whether a share is one in what has been told, and not in something new: "no hand in it", "not responsible for the attack"."""
    of = [c for c in share.children if c.dep_ in ("nmod", "obl") and c.pos_ != "NUM"]
    named = [c for c in of if case_of(c) in ("in", "for", "of", "with")]
    return all(_takes_up(c, share) or c.lower_ == "either" or _is_deed_told(c) for c in named)


def _takes_up(pronoun: Token, share: Token) -> bool:
    """Tell whether "it" or "which" is a deed; the clause of a relative pronoun says so by its noun: not "a future in which Togo has no part"."""
    relative = pronoun.lower_ in ("which", "that") and share.dep_ == "acl:relcl"
    return pronoun.lower_ in _IT and (not relative or share.head.lemma_.lower() in _TELLABLE)


def _is_deed_told(noun: Token) -> bool:
    """Recognise "the attack", "that explosion": a deed or charge that has been told, without who did or suffered it."""
    pointed = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those", "either", "any") for c in noun.children)
    told = noun.lemma_.lower() in _TELLABLE
    return told and pointed and not any(c.dep_ in ("nmod", "nmod:poss", "acl", "acl:relcl") for c in noun.children)


def _to_do_with_deed(nothing: Token, verb: Token) -> bool:
    """Tell whether "nothing" is what somebody has to do with a deed that has been told."""
    doing = [c for c in (*nothing.children, *verb.children) if c.lemma_ == "do" and c.tag_ == "VB"]
    within = [c for t in (*doing, nothing, verb) for c in t.children if case_of(c) == "with"]
    return bool(doing) and any(c.lower_ in _IT or _is_deed_told(c) for c in within)


def _answers_false(token: Token) -> Token | None:
    """Return who answers with a word or two that it is not so: "False", said the minister; "Not so," said Minsk."""
    word, head = token.lower_, token.head
    if (word not in _FALSE and word not in ("so", "true")) or head.lemma_ not in SAY or token.dep_ not in _ANSWERS or token.i > head.i:
        return None
    so = word in ("so", "true") and any(c.lower_ == "not" for c in token.children)
    if not (so or word in _FALSE) or has_copula(token) or any(t.pos_ in ("VERB", "NOUN", "PROPN") for t in token.subtree if t.i != token.i):
        return None
    return next(iter(subjects(head)), None)


def _points_back(phrase: Token) -> bool:
    """Tell whether a phrase takes up what was said before and adds nothing: "it", "the charge", "all three", "any part"."""
    if phrase.lower_ in _IT or phrase.lower_ in ("all", "none", "neither"):
        return True
    if any(c.lower_ == "all" for c in phrase.children) and phrase.pos_ == "NUM":
        return True
    if phrase.lemma_.lower() in SHARES:
        return _is_of_deed(phrase) and not any(c.dep_ in ("acl", "acl:relcl", "nmod:poss", "ccomp") for c in phrase.children)
    return phrase.lemma_.lower() in _CHARGES and not any(c.dep_ in ("acl", "acl:relcl", "nmod", "nmod:poss", "ccomp") for c in phrase.children)


def _is_called_false(verb: Token) -> bool:
    """Recognise "called it baseless", "described the charge as a lie"."""
    named = [c for c in verb.children if c.i > verb.i and c.dep_ in ("xcomp", "obj", "obl", "advcl", "ccomp")]
    return any(t.lower_ in _FALSE for c in named for t in (c, *c.children))


def _is_elliptic(token: Token) -> bool:
    """Recognise a clause that leaves its verb to the one before: "we did not", "it never has", "may do so again"."""
    if token.lemma_ == "do" and token.pos_ in ("VERB", "AUX") and any(c.i > token.i and _stands_for_deed(c) for c in token.children):
        return True
    if token.lemma_ not in _AUXILIARIES or token.dep_ in ("aux", "aux:pass", "cop") or token.pos_ not in ("AUX", "VERB"):
        return False
    alone = all(
        c.dep_ in ("nsubj", "nsubj:pass", "advmod", "punct", "cc", "aux", "mark", "parataxis", "advcl", "conj", "ccomp") and c.tag_ != "NN"
        for c in token.children
    )
    return alone and is_negated(token) and any(c.dep_ in ("nsubj", "nsubj:pass") for c in token.children)


def _denied_deed(token: Token) -> Token | None:
    """Return the deed that somebody denies by its name alone: "denied the shelling", "denies any attack"."""
    if token.pos_ != "VERB" or token.lemma_ not in ("deny", "disavow", "disclaim"):
        return None
    return next((o for o in objects(token) if _is_deed_told(o) and o.lemma_.lower() not in _CHARGES), None)


def _stands_for_deed(word: Token) -> bool:
    """Recognise what "do" has for an object in place of a deed: "so", "it", "such a thing"; of "no such thing" `_uninvolved` knows."""
    return word.lower_ in ("so", "that", "it", "this") or (word.lower_ == "thing" and any(c.lower_ == "such" for c in word.children))


def _emptied(token: Token) -> str | None:
    """Recognise what denies every deed of a kind: "detained nobody", "has not attacked anyone", "no such request"."""
    if token.pos_ == "NOUN":
        return "noun" if {"no", "such"} <= {c.lower_ for c in token.children} else None
    if token.pos_ != "VERB":
        return None
    patients = [c for c in token.children if c.dep_ in ("obj", "iobj", "obl", "nsubj:pass")]
    nobody = any(c.lower_ in ("nobody", "none") or (c.lower_ == "one" and any(g.lower_ == "no" for g in c.children)) for c in patients)
    nobody = nobody or any(c.dep_ == "nsubj:pass" and c.pos_ in ("NOUN", "PROPN") and any(g.lower_ == "no" for g in c.children) for c in patients)
    return "verb" if nobody or (any(c.lower_ in ("anyone", "anybody", "any") for c in patients) and is_negated(token)) else None


class _Told:
    """What a document tells, by place."""

    def __init__(self, statements: Sequence[Statement], arguments: Arguments, served: Mapping[str, set[str]], text: str, speeches: tuple[Speech, ...]) -> None:
        self.statements, self.arguments, self.served, self.text, self.speeches = statements, arguments, served, text, speeches

    def denied(self, echo: _Echo) -> Iterator[Statement]:
        """Yield what is taken up as denied: by those who are said to have done it, or by anybody who points at the clause that says so."""
        if echo.word.lemma_ in _DENY | _CALL and reported_by(echo.word) is not None and echo.told is None and echo.by:
            return
        deniers = self.arguments.of_phrases(echo.by)
        several = bool(echo.by) and all(t.lower_ in _EACH for t in echo.by)
        if echo.by and not deniers and echo.told is None and not several and not self._are_described(echo.by):
            return
        speaker = self._speaker(echo.word) if not echo.by else None
        meant = (s for s in self._before(echo.word, echo.told) if not echo.only or s.relation in echo.only)
        told = [s for s in meant if _is_deniable(s) and not self._describes(s, echo.by)]
        whole = several or any(t.lower_ in ("both", "all") for c in echo.word.children for t in (c, *c.children))
        for statement in self._last(told, deniers, anybody=echo.told is not None or not echo.by or bool(echo.only), whole=whole):
            denier = next((d for d in deniers if statement.subject in self._own(d)), next(iter(deniers), speaker))
            if denier is None or statement.speaker != denier.entity:
                yield self._taken_up(statement, echo.word, "negative", "actual", denier)

    def _describes(self, statement: Statement, deniers: tuple[Token, ...]) -> bool:
        """Tell whether a statement only says who denies: "Toledo, who governed Peru until 2006, has denied the charges"."""
        at = _trigger(statement).start
        return any(self._raw(d.left_edge.i) <= at <= self._raw(d.right_edge.i) for d in deniers)

    def repeated(self, verb: Token) -> Iterator[Statement]:
        """Yield the last act told of the subject of a clause that names no act of its own: not done, or planned."""
        actors = {a.entity for a in self.arguments.of_phrases(subjects(verb))}
        qualified = qualify(verb, verb, self.arguments, self.speeches)
        if not actors or (qualified.polarity == "positive" and qualified.modality == "actual"):
            return
        told = [s for s in self._before(verb, None) if s.subject in actors and isinstance(s.object, str)]
        for statement in self._last(told, (), anybody=True, whole=False):
            if (statement.polarity, statement.modality) != (qualified.polarity, qualified.modality):
                yield self._taken_up(statement, verb, qualified.polarity, qualified.modality, qualified.speaker)

    def emptied(self, word: Token, relations: set[str]) -> Iterator[Statement]:
        """Yield what others told of the same kind of deed, as denied by a sentence that says that nobody suffered it, or that there was none."""
        actors = self.arguments.of_phrases(subjects(word)) if word.pos_ == "VERB" else ()
        own = {e for a in actors for e in self._own(a)}
        speaker = self._speaker(word)
        told = [s for s in self._since(0, word.i) if s.relation in relations and _is_told(s) and _is_deniable(s)]
        plain = [c for c in word.children if c.dep_ == "nsubj:pass" and not any(g.dep_ in ("amod", "compound", "nmod:poss", "nmod") for g in c.children)]
        unsuffered = [c.lower_ for c in plain] if word.pos_ == "VERB" and not agents(word) else []
        for statement in told if word.pos_ == "VERB" else told[-1:]:
            suffers = dict(statement.evidence[0].roles).get("object")
            same = suffers is not None and any(noun in self.text[suffers.start : suffers.end].lower() for noun in unsuffered)  # "no F-16 was hit"
            if (statement.subject in own or word.pos_ == "NOUN" or same) and (speaker is None or statement.speaker != speaker.entity):
                yield self._taken_up(statement, word, "negative", "actual", speaker)

    def unowned(self, verb: Token, deed: Token, relations: set[str]) -> Iterator[Statement]:
        """Yield what was told of a deed that somebody denies by its name, of those who deny it."""
        deniers = self.arguments.of_phrases(subjects(verb))
        told = [s for s in self._before(verb, None) if s.relation in relations and s.status in ("reported", "asserted") and isinstance(s.object, str)]
        for statement in self._last(told, deniers, anybody=False, whole=False):
            denier = next((d for d in deniers if statement.subject in self._own(d)), next(iter(deniers), None))
            if denier is not None and statement.speaker != denier.entity:
                yield self._taken_up(statement, deed, "negative", "actual", denier)

    def _since(self, first: int, end: int) -> list[Statement]:
        return [s for s in self.statements if self._raw(first) <= _trigger(s).start and _trigger(s).end <= self._raw(end)]

    def _before(self, word: Token, clause: Token | None) -> list[Statement]:
        """Return what is told before a word: in the clause or phrase that it points at, else in its own sentence or the last."""
        if clause is not None:
            since, until = clause.left_edge.i, word.left_edge.i
        else:
            since, until = word.sent.start, word.i
            for _ in range(_EVENTS_BACK):
                since = self.arguments.doc[max(0, since - 1)].sent.start
        return self._since(since, until)

    def _last(self, told: list[Statement], deniers: tuple[Argument, ...], *, anybody: bool, whole: bool) -> Iterator[Statement]:
        """Yield what was told last (all of it, if `whole`) of those who deny it, else what others told of anybody."""
        own = {e for d in deniers for e in self._own(d)}
        mine = [s for s in told if s.subject in own] or (told if anybody else [s for s in told if _is_told(s) and s.speaker not in own])
        last = max((s.evidence[0].span.start for s in mine), default=-1)
        yield from (s for s in mine if whole or s.evidence[0].span.start == last)

    def _own(self, denier: Argument) -> set[str]:
        """Return whose acts somebody answers for: their own, and those of whom they serve or are named after: "Egypt's foreign ministry"."""
        head = self.arguments.doc[self.arguments.reading.mentions[denier.mention].root]
        named = {a.entity for a in (*self.arguments.before(head, head.i, within=True), *self.arguments.of_phrases(possessors(head)))}
        return {denier.entity, *self.served.get(denier.entity, set()), *named}

    def _are_described(self, heads: tuple[Token, ...]) -> bool:
        """Tell whether those who deny are described as a body or person, not named: "the prison service denied that"."""
        described = {m.root for m in self.arguments.reading.mentions if m.form == "noun" and family(m.label) in ("organization", "person")}
        return all(head.i in described for head in heads)

    def _speaker(self, word: Token) -> Argument | None:
        told = reported_by(word)
        speech = speech_at(self.speeches, word.i)
        who = told[0] if told is not None else self.arguments.doc[speech.speaker] if speech is not None and speech.speaker is not None else None
        return next(iter(self.arguments.of_head(who)), None) if who is not None else None

    def _raw(self, token: int) -> int:
        return self.arguments.reading.raw(token, token + 1).start

    def _taken_up(self, statement: Statement, word: Token, polarity: str, modality: Modality, speaker: Argument | None) -> Statement:
        """Return what is taken up as it is said now: its evidence is what was told and the word that takes it up."""
        told, at = statement.evidence[0], self.arguments.reading.raw(word.i, word.i + 1)
        same = modality == statement.modality or polarity == "negative"  # "they may do so again": elsewhere in time
        cues = (*(c for c in told.cues if c[0] == "place" or (c[0] == "time" and same)), ("polarity" if polarity == "negative" else "modality", at))
        cues = (*cues, ("attribution", at)) if speaker is not None else cues
        start, end = min(told.span.start, at.start), max(told.span.end, at.end)
        rule = f"{statement.relation}.{'denial' if polarity == 'negative' else 'ellipsis'}"
        evidence = replace(told, span=Span(start, end), quote=self.text[start:end], rule=rule, cues=cues)
        return replace(
            statement,
            polarity="negative" if polarity == "negative" else "positive",
            modality=modality,
            speaker=speaker.entity if speaker is not None else None,
            own_side=speaker is not None,
            hearsay=False,
            time=statement.time if same else None,
            evidence=(evidence,),
        )


def _is_told(statement: Statement) -> bool:
    """Tell whether somebody says what a statement tells, of themselves or of others."""
    return statement.speaker is not None or statement.hearsay


def _is_deniable(statement: Statement) -> bool:
    """Tell whether a statement tells something as done, between two who are named or described, that somebody may deny with a bare "it"."""
    return isinstance(statement.object, str) and statement.polarity == "positive" and statement.modality == "actual"


def _trigger(statement: Statement) -> Span:
    return dict(statement.evidence[0].roles)["trigger"]
