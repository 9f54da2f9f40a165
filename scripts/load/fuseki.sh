#!/usr/bin/env bash
# Add N-Quads to a dataset of a running Apache Jena Fuseki:  scripts/load/fuseki.sh graph.nq http://localhost:3030/graphbuild
# For large files stop the server and load its folder instead:  tdb2.tdbloader --loc FOLDER graph.nq
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 graph.nq http://HOST:3030/DATASET" >&2; exit 2; }
curl --silent --show-error --fail-with-body --request POST --header "Content-Type: application/n-quads" --upload-file "$1" "$2/data"
