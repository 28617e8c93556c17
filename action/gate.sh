#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs one published version of the gate, takes settings, waivers and house rules from the base, judges a plan and writes
# every report. Reads VERSION, PLAN, ENVIRONMENT, SYNTH, LOCK, SETTINGS, WAIVERS, BUNDLE, BASE, TOKEN and the variables of GitHub Actions.
# Exit code: the gate's own, 2 when it could not be started.
set -euo pipefail

could_not() {
  printf '::error title=part11 gate::%s\n' "$1"
  printf 'exit-code=2\n' >>"$GITHUB_OUTPUT"
  exit 2
}

[[ "$VERSION" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || could_not 'version is no exact version of cdktf-part11'

work="$(mktemp -d "$RUNNER_TEMP/part11-XXXXXX")"
mkdir "$work/base" "$work/tool" "$work/reports"
printf 'reports=%s\n' "$work/reports" >>"$GITHUB_OUTPUT"

# The base branch, fetched into a repository of its own: nothing in the workspace has a say in it.
fetch_base() {
  local credentials
  if [ ! -d "$work/base/.git" ]; then
    credentials="$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')"
    git init --quiet "$work/base"
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader" \
      GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $credentials" GIT_TERMINAL_PROMPT=0 \
      git -C "$work/base" fetch --quiet --depth=1 --no-tags "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "$BASE"
  fi
}

# A file of the base branch.
from_base() {
  fetch_base || return 1
  git -C "$work/base" show "FETCH_HEAD:$1" >"$2"
}

# House rules of the base branch: a folder or an archive that holds the pair, or the wasm with its sidecar beside it.
bundle_from_base() {
  local path=${1%/} file=house.wasm
  fetch_base || return 1
  case "$path" in
    *.tar.gz | *.tgz)
      from_base "$path" "$work/house.tar.gz" && bundle="$work/house.tar.gz"
      return
      ;;
    *.wasm) file="${path##*/}" path="$(dirname "$path")" ;;
  esac
  mkdir "$work/house"
  from_base "$path/$file" "$work/house/$file" &&
    from_base "$path/${file%.wasm}.json" "$work/house/${file%.wasm}.json" && bundle="$work/house/$file"
}

arguments=(--plan "$PLAN" --environment "$ENVIRONMENT")
[ -z "$SYNTH" ] || arguments+=(--synth "$SYNTH")
[ -z "$LOCK" ] || arguments+=(--lock "$LOCK")
if [ -n "$SETTINGS" ]; then
  from_base "$SETTINGS" "$work/part11.yaml" || could_not 'settings are not in the base branch'
  arguments+=(--settings "$work/part11.yaml")
fi
if [ -n "$WAIVERS" ]; then
  from_base "$WAIVERS" "$work/waivers.yaml" || could_not 'waivers are not in the base branch'
  arguments+=(--waivers "$work/waivers.yaml")
fi
if [ -n "$BUNDLE" ]; then
  bundle_from_base "$BUNDLE" || could_not 'house rules are not in the base branch'
  arguments+=(--bundle "$bundle")
fi

# In a folder of its own, so that neither a .npmrc nor a package.json of the workspace counts; no package may run a script.
(cd "$work/tool" && npm install --no-save --ignore-scripts --omit=peer --omit=dev --no-audit --no-fund --loglevel=error \
  "cdktf-part11@$VERSION") || could_not "cdktf-part11@$VERSION cannot be installed"

code=0
node "$work/tool/node_modules/cdktf-part11/dist/validation/cli.js" gate "${arguments[@]}" --format github \
  --out "$work/reports/decisions.json" --report "sarif=$work/reports/gate.sarif" --report "junit=$work/reports/gate.xml" \
  --report "markdown=$work/reports/gate.md" --report "html=$work/reports/gate.html" \
  --report "oscal=$work/reports/gate.oscal.json" || code=$?

[ ! -f "$work/reports/gate.md" ] || cat "$work/reports/gate.md" >>"$GITHUB_STEP_SUMMARY"
printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
exit "$code"
