"""A read-only SPARQL 1.1 endpoint over a build, on loopback, with a page to ask from."""

from graphbuild.endpoint.limits import Limits
from graphbuild.endpoint.server import is_loopback, serve

__all__ = ["Limits", "is_loopback", "serve"]
