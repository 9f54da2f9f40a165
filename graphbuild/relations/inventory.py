"""The relations that the trained relation head knows, in the order of its outputs."""

from graphbuild.catalogue import load_catalogue

RELATIONS: tuple[str, ...] = tuple(sorted(name for name, relation in load_catalogue().relations.items() if relation.object))
"""Every relation of the shipped catalogue whose object is an entity."""
STATUSES = ("asserted", "denied", "planned", "reported")
