#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sends one file as a scheduled job does: send.sh <file>
# Environment: PART11_ROLE_ARN, PART11_BUCKET, PART11_PREFIX, AWS_REGION; credentials are those of the job, in the environment.
# Needs openssl and an AWS CLI that knows --if-none-match; run with 1.45.
set -eu
file=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The CLI leaves payloads unsigned over TLS unless it is told; the role refuses those.
cat > "$work/config" <<CONFIG
[profile push]
role_arn = $PART11_ROLE_ARN
role_session_name = batch
credential_source = Environment
s3 =
    payload_signing_enabled = true
CONFIG
export AWS_CONFIG_FILE="$work/config"

# Given here and not worked out by the CLI, which would send it behind an unsigned body.
sha256=$(openssl dgst -sha256 -binary "$file" | openssl base64)
aws --profile push s3api put-object --bucket "$PART11_BUCKET" --key "$PART11_PREFIX$(basename -- "$file")" \
  --body "$file" --checksum-sha256 "$sha256" --if-none-match '*'
