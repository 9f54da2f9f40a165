"""Chains of mentions that speak of one thing, and how mentions stand to each other in the text."""

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from graphbuild.classes import PACTS
from graphbuild.mentions import TokenMention
from graphbuild.syntax import subjects

_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_GOVERNED = frozenset(("obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss"))


@dataclass
class Chains:
    """Clusters of mentions (indexes), and the mentions that stand for several clusters at once."""

    mentions: tuple[TokenMention, ...]
    members: list[list[int]] = field(default_factory=list)
    of: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Mention → the clusters that it stands for: one, several (both sides), or absent."""

    def start(self, mention: int) -> int:
        """Open a cluster with a mention; return its number."""
        self.members.append([mention])
        self.of[mention] = (len(self.members) - 1,)
        return len(self.members) - 1

    def join(self, mention: int, cluster: int) -> None:
        """Add a mention to a cluster."""
        self.members[cluster].append(mention)
        self.of[mention] = (cluster,)

    def label(self, cluster: int) -> str:
        """Return the class of a cluster: that of its names, by summed score; of what has no name, that of the description which introduces it."""
        if all(self.mentions[i].form == "noun" for i in self.members[cluster]):
            return self.mentions[min(self.members[cluster])].label
        votes: dict[str, float] = defaultdict(float)
        for i in self.members[cluster]:
            mention = self.mentions[i]
            votes[mention.label] += mention.score * mention.certainty * (1.0 if mention.form == "name" else 0.1)
        return max(sorted(votes), key=lambda label: votes[label])


def is_subject(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether the head of a mention is the subject of a clause."""
    return doc[mention.root].dep_ in _SUBJECTS


def acting_on(doc: Doc, chains: Chains, mention: TokenMention) -> set[int]:
    """Return the clusters named in the subjects of the verbs that govern a mention: in "Iran warned both sides" Iran is none of them."""
    token, found = doc[mention.root], set[int]()
    if token.dep_ not in _GOVERNED:
        return found
    while token.head.i != token.i and token.dep_ not in _SUBJECTS:
        token = token.head
        if token.dep_ == "acl" and token.head.lemma_.lower() in PACTS:
            break  # "Togo broke a truce signed by the two countries"
        for subject in subjects(token) if token.pos_ in ("VERB", "AUX", "ADJ") else ():
            inside = {t.i for t in subject.subtree}
            named = [i for i, m in enumerate(chains.mentions) if m.root in inside and m.end <= mention.start]
            found.update(c for i in named for c in chains.of.get(i, ()))
    return found


def sentence_before(doc: Doc, place: int, count: int = 1) -> int:
    """Return where the sentence begins that stands `count` sentences before that of the word at `place`; 0 before the first."""
    start = doc[place].sent.start
    for _ in range(count):
        if not start:
            break
        start = doc[start - 1].sent.start
    return start


def phrase_head(token: Token) -> Token:
    """Climb from a name to the head of its phrase: from "Okoye" to "minister" in "the minister, Okoye"."""
    while token.dep_ in ("appos", "flat", "compound", "nmod:desc") and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token


def is_definite(head: Token) -> bool:
    """Tell whether a noun phrase points back: the, this, that, possessive, or a bare title as in headlines."""
    determiners = [c.lower_ for c in head.children if c.dep_ == "det"]
    return any(d in ("the", "this", "that", "these", "those", "both") for d in determiners) or any(c.dep_ == "nmod:poss" for c in head.children)


def is_new(head: Token) -> bool:
    """Tell whether a noun phrase introduces what it describes: a, some, another, a number."""
    return any(c.dep_ in ("nummod", "det") and c.lower_ not in ("the", "this", "that", "these", "those", "both") for c in head.children)


def is_demonstrative(head: Token) -> bool:
    """Tell whether a noun phrase points at what is known: the, this, that."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in head.children)
