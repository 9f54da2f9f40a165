#!/usr/bin/env bash
# Add N-Quads to a repository of a running GraphDB, or of any RDF4J server:
#   scripts/load/graphdb.sh graph.nq http://localhost:7200/repositories/graphbuild
# For large files stop the server and load its folder instead:  importrdf load --force --config-file repository.ttl graph.nq
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 graph.nq http://HOST:7200/repositories/REPOSITORY" >&2; exit 2; }
curl --silent --show-error --fail-with-body --request POST --header "Content-Type: application/n-quads" --upload-file "$1" "$2/statements"
