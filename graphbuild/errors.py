"""What can go wrong, as one tree.

    GraphbuildError
    ├── InputError            what the user gave cannot be used (exit code 2)
    │   ├── ReadError         a document or path cannot be read
    │   ├── DuplicateDocument two texts under one id
    │   ├── CatalogueError    a catalogue file: file, entry, field
    │   ├── GazetteerError    a gazetteer row: file, line
    │   ├── CorrectionError   a corrections file: file, line
    │   ├── QueryError        SPARQL that does not parse or may not run
    │   │   └── QueryLimitError an answer over a limit
    │   ├── GraphFileError    a build folder or RDF file that does not load
    │   ├── UnknownEntity     a name that no node has
    │   └── GoldError         an annotated document: file, line
    ├── OutputError           a result cannot be written (exit code 2)
    └── ModelError            the language model is missing, broken or lacks what is asked of it

Every message says what happened, where, and what to do next.
"""


class GraphbuildError(Exception):
    """Base of all errors that graphbuild raises on purpose."""


class InputError(GraphbuildError):
    """What the user gave cannot be used."""


class ReadError(InputError):
    """A document or a path cannot be read."""


class DuplicateDocument(InputError):
    """Two different texts carry one document id."""


class CatalogueError(InputError):
    """A catalogue file is malformed; the message names file, entry and field."""


class GazetteerError(InputError):
    """A gazetteer row is malformed; the message names file and line."""


class CorrectionError(InputError):
    """A corrections file is malformed or contradicts itself; the message names file and line."""


class QueryError(InputError):
    """A SPARQL query does not parse, or may not run here."""


class QueryLimitError(QueryError):
    """An answer exceeds a limit; the message names the limit."""


class GraphFileError(InputError):
    """A build folder or an RDF file cannot be loaded."""


class UnknownEntity(InputError):
    """No node has this name; the message names the nearest ones."""


class GoldError(InputError):
    """An annotated document is malformed; the message names file and line."""


class OutputError(GraphbuildError):
    """A result cannot be written."""


class ModelError(GraphbuildError):
    """The language model is missing, broken, or lacks a layer that is asked of it."""
