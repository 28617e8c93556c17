// SPDX-License-Identifier: Apache-2.0
import { visible } from "./terminal";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as the content of an XML element or of a quoted attribute; what XML 1.0 §2.2 forbids is written out. */
export function xml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}
