"""Namespaces, and the only place that mints an IRI or an id.

Ids come from content alone: a readable slug where people meet them, and a SHA-256 digest that makes them unique. IRIs are a
base, a kind ("entity", "claim", …) and an id or a percent-encoded name, so that every IRI is ASCII and valid whatever the name.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

BUILD_STORE: Final = "graph.oxigraph"
"""Name of a store on disk in a build folder; it is opened, not loaded, so its size does not matter."""
GB: Final = "https://w3id.org/graphbuild/ns#"
"""Terms of graphbuild's own ontology: classes, relations, the claim and evidence pattern."""
PLOVER: Final = "https://w3id.org/graphbuild/plover#"
BASE: Final = "https://w3id.org/graphbuild/data/"
"""Default base of everything that is about the documents at hand."""

PREFIXES: Final = MappingProxyType(
    {
        "gb": GB,
        "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "plover": PLOVER,
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefix → namespace, for the vocabularies that the graph is written in."""

GAZETTEER: Final = "https://w3id.org/graphbuild/gazetteer/"
"""Base of the gazetteer's own entries, for those that no source links to anything elsewhere."""

_ID_LENGTH: Final = 20
_NODE_DIGEST_LENGTH: Final = 12
_SLUG_LENGTH: Final = 40
_SEPARATOR: Final = "\x1f"


def expand(curie: str) -> str:
    """Return the full IRI of a CURIE over `PREFIXES`; what is an IRI already is returned as it is.

    >>> expand("schema:Person")
    'https://schema.org/Person'
    """
    prefix, colon, local = curie.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else curie


def digest(*parts: str, length: int = _ID_LENGTH) -> str:
    """Return the first hexadecimal digits of the SHA-256 over the parts.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    text = _SEPARATOR.join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(text: str) -> str:
    """Reduce a name to lower-case ASCII letters, digits and hyphens, for people to recognise.

    >>> slug("Côte d'Ivoire (government)")
    'cote-d-ivoire-government'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LENGTH].strip("-")


def node_id(key: tuple[str, ...], name: str) -> str:
    """Mint the id of a node: a slug of `name`, and a digest of `key`, which alone decides."""
    tail = digest(*key, length=_NODE_DIGEST_LENGTH)
    return f"{slug(name)}-{tail}" if slug(name) else tail


def link_name(link: str) -> str:
    """Return the last segment of a link, which is what people know it by.

    >>> link_name("http://www.wikidata.org/entity/Q884")
    'Q884'
    """
    return re.split(r"[/#:]", link.rstrip("/#:"))[-1]


def gazetteer_iri(entry: str) -> str:
    """Return the IRI of a gazetteer entry that has no link: a path such as "person/USA/donald-j-trump"; an IRI is returned as it is.

    >>> gazetteer_iri("org/NATO")
    'https://w3id.org/graphbuild/gazetteer/org/NATO'
    """
    return entry if ":" in entry else GAZETTEER + quote(entry, safe="/")


@lru_cache(maxsize=10_000)
def encode(name: str) -> str:
    """Percent-encode any text as one IRI path segment.

    >>> encode("a/b ü")
    'a%2Fb%20%C3%BC'
    """
    if name.isascii() and name.replace("-", "").isalnum():  # ids: nothing to encode
        return name
    if name and not name.strip("."):  # "." and ".." would be resolved away
        return "%2E" * len(name)
    return quote(name, safe="", errors="surrogatepass")


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints the IRIs of one graph under a base, which must end in "/"."""

    base: str = BASE

    def entity(self, node: str) -> str:
        """Return the IRI of a node."""
        return f"{self.base}entity/{encode(node)}"

    def claim(self, claim: str) -> str:
        """Return the IRI of a claim."""
        return f"{self.base}claim/{encode(claim)}"

    def event(self, event: str) -> str:
        """Return the IRI of an event."""
        return f"{self.base}event/{encode(event)}"

    def membership(self, claim: str) -> str:
        """Return the IRI of the membership that a claim about an office states."""
        return f"{self.base}membership/{encode(claim)}"

    def evidence(self, claim: str, document: str, start: int, end: int, rule: str) -> str:
        """Return the IRI of one evidence of a claim."""
        return f"{self.base}evidence/{digest(claim, document, str(start), str(end), rule)}"

    def document(self, document: str) -> str:
        """Return the IRI of a document."""
        return f"{self.base}document/{encode(document)}"

    def words(self, document: str, start: int, end: int) -> str:
        """Return the IRI of a stretch of a document's text, as a fragment by RFC 5147 (NIF)."""
        return f"{self.document(document)}#char={start},{end}"

    def graph(self, document: str) -> str:
        """Return the IRI of the named graph that holds what one document says."""
        return f"{self.base}graph/document/{encode(document)}"

    @property
    def derived(self) -> str:
        """The IRI of the named graph that holds what is computed over documents."""
        return f"{self.base}graph/derived"
