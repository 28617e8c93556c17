// SPDX-License-Identifier: Apache-2.0

const joined = new Map<string, Map<string, string>>();

/** `path.key`. Ten thousand resources have a few hundred paths between them, so each is one string. */
export function dotted(path: string, key: string): string {
  let below = joined.get(path);
  if (!below) {
    below = new Map();
    joined.set(path, below);
  }
  let whole = below.get(key);
  if (whole === undefined) {
    whole = `${path}.${key}`;
    below.set(key, whole);
  }
  return whole;
}
