#!/usr/bin/env bash
# Load N-Quads into a running Virtuoso by its bulk loader:  VIRTUOSO_PASSWORD=… scripts/load/virtuoso.sh graph.nq [PORT]
# The server must be allowed to read the folder of the file (DirsAllowed in virtuoso.ini).
set -euo pipefail
[ $# -ge 1 ] && [ $# -le 2 ] || { echo "usage: $0 graph.nq [PORT]" >&2; exit 2; }
file=$(readlink -f "$1")
case $file in *\'*) echo "$0: the path may hold no quote: $file" >&2; exit 2 ;; esac
isql=$(command -v isql-vt || command -v isql)
sql=$(mktemp)
trap 'rm -f "$sql"' EXIT
cat >"$sql" <<END
DELETE FROM DB.DBA.load_list WHERE ll_file = '$file';
ld_dir('$(dirname "$file")', '$(basename "$file")', 'https://w3id.org/graphbuild/data/graph/derived');
rdf_loader_run();
checkpoint;
SELECT concat('error: ', ll_error) FROM DB.DBA.load_list WHERE ll_file = '$file' AND ll_error IS NOT NULL;
SELECT 'loaded' FROM DB.DBA.load_list WHERE ll_file = '$file' AND ll_state = 2 AND ll_error IS NULL;
END
said=$("$isql" "${2:-1111}" "${VIRTUOSO_USER:-dba}" "${VIRTUOSO_PASSWORD:-dba}" "$sql" BANNER=OFF VERBOSE=OFF)
grep -q '^loaded' <<<"$said" || { echo "$0: $file was not loaded; is its folder in DirsAllowed?" >&2; echo "$said" >&2; exit 1; }
