#!/usr/bin/env bash
# Start Amazon Neptune's bulk loader on N-Quads that lie in S3 (plain or .gz):
#   aws s3 cp graph.nq s3://BUCKET/graph.nq
#   scripts/load/neptune.sh s3://BUCKET/graph.nq https://CLUSTER:8182 arn:aws:iam::ACCOUNT:role/ROLE REGION
# It answers with a loadId; ask how far it is by:  curl https://CLUSTER:8182/loader/LOADID
set -euo pipefail
[ $# -eq 4 ] || { echo "usage: $0 s3://BUCKET/graph.nq https://CLUSTER:8182 IAM_ROLE_ARN REGION" >&2; exit 2; }
case "$*" in *\"* | *\\*) echo "$0: no quotes or backslashes, please" >&2; exit 2 ;; esac
curl --silent --show-error --fail-with-body --request POST --header "Content-Type: application/json" "$2/loader" --data @- <<END
{"source": "$1", "format": "nquads", "iamRoleArn": "$3", "region": "$4", "failOnError": "TRUE"}
END
