// SPDX-License-Identifier: Apache-2.0

/**
 * SHA-256 that a manifest states of a file: lines as `sha256sum` writes them, or a hash alone in a side file of the file's
 * name. Undefined when it states none, or two.
 *
 * @param at key of the manifest
 * @param name of the file, without its folders
 */
export function statedIn(text: string, at: string, name: string): string | undefined {
  const alone = at.slice(at.lastIndexOf("/") + 1) === `${name}.sha256`;
  const stated = new Set<string>();
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const [, hash, of] = /^([0-9a-fA-F]{64})(?: [ *](?:\.\/)?(.+)|\s*)$/.exec(line) ?? [];
    if (hash && (of === undefined ? alone : of.slice(of.lastIndexOf("/") + 1) === name)) stated.add(hash.toLowerCase());
  }
  return stated.size === 1 ? [...stated][0] : undefined;
}
