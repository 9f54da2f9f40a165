#!/usr/bin/env bash
# Load N-Quads into an Oxigraph store on disk (pip install oxigraph):  scripts/load/oxigraph.sh graph.nq FOLDER
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 graph.nq FOLDER" >&2; exit 2; }
oxigraph load --location "$2" --file "$1"
