// SPDX-License-Identifier: Apache-2.0
import { visible } from "../../gate/escape/terminal";

/**
 * A text for the properties of a PDF. pdfkit 0.20 writes them into the XMP packet as they are, and markup in a title would
 * break the packet or add properties to it: what XML takes for markup is written as `\u{…}`.
 */
export function metadataText(text: string): string {
  return visible(text).replace(/[&<>]/g, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}
