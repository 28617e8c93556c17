// SPDX-License-Identifier: Apache-2.0

/**
 * Whether a file name fits the pattern of a delivery: `*` any text but a slash, `?` one character but a slash, `{date}` eight
 * digits. Time grows with pattern times name: a vendor chooses the name.
 */
export function fitsPattern(pattern: string, name: string): boolean {
  const letters = [...name];
  // reached[i]: what was read of the pattern so far can be the first i letters.
  let reached = letters.map(() => false);
  reached.unshift(true);
  for (const token of pattern.match(/\{date\}|[\s\S]/gu) ?? []) reached = afterToken(token, letters, reached);
  return reached.at(-1)!;
}

function afterToken(token: string, letters: readonly string[], reached: readonly boolean[]): boolean[] {
  const next = reached.map(() => false);
  for (const at of next.keys()) {
    const before = letters[at - 1];
    if (token === "*") next[at] = reached[at]! || (at > 0 && next[at - 1]! && before !== "/");
    else if (token === "{date}")
      next[at] = at >= 8 && reached[at - 8]! && /^[0-9]{8}$/.test(letters.slice(at - 8, at).join(""));
    else next[at] = at > 0 && reached[at - 1]! && (token === "?" ? before !== "/" : before === token);
  }
  return next;
}

/** Names of manifests and of files that hold the SHA-256 of the file they are named after; they are no deliveries. */
export function isSideFile(name: string): boolean {
  return name.endsWith(".sha256") || /(?:^|\/)SHA256SUMS$/.test(name);
}
