// SPDX-License-Identifier: Apache-2.0

/** Names of manifests, which speak of several files of their folder. */
export const MANIFESTS = ["manifest.sha256", "SHA256SUMS"] as const;

/** Larger side files are not read. */
export const LARGEST_SIDE_FILE_BYTES = 1_048_576;

export function isSideFile(name: string): boolean {
  return name.endsWith(".sha256") || MANIFESTS.some((manifest) => name === manifest || name.endsWith(`/${manifest}`));
}

/**
 * What a side file states: SHA-256 by name, as `sha256sum` writes it; a hash alone is of the file that the side file is
 * named after. Undefined when a line says neither, or a name has two hashes: half a manifest is none.
 *
 * @param name of the side file, without its folder
 */
export function statements(name: string, text: string): ReadonlyMap<string, string> | undefined {
  const stated = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const [, alone] = /^([0-9a-fA-F]{64})\s*$/.exec(line) ?? [];
    const [, hash = alone, of = alone && stem(name)] = /^([0-9a-fA-F]{64}) [ *](?:\.\/)?(.+)$/.exec(line) ?? [];
    if (!hash || !of || (stated.has(of) && stated.get(of) !== hash.toLowerCase())) return undefined;
    stated.set(of, hash.toLowerCase());
  }
  return stated.size === 0 ? undefined : stated;
}

function stem(name: string): string | undefined {
  return (MANIFESTS as readonly string[]).includes(name) ? undefined : name.replace(/\.sha256$/, "");
}
