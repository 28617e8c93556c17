// SPDX-License-Identifier: Apache-2.0

/**
 * One line of text broken at spaces, so that no line is longer than `columns` unless a single word is.
 *
 * @param indent spaces before every line but the first, which is not broken before that column: a name may stand there.
 *   `@default` 0
 */
export function wrap(line: string, columns: number, indent = 0): string {
  if (line.length <= columns) return line;
  const textFrom = Math.max(indent, line.search(/\S/));
  const inside = line.lastIndexOf(" ", columns);
  const end = inside > textFrom ? inside : line.indexOf(" ", Math.max(columns, textFrom));
  if (end < 0) return line;
  return `${line.slice(0, end).trimEnd()}\n${wrap(" ".repeat(indent) + line.slice(end).trim(), columns, indent)}`;
}
