// SPDX-License-Identifier: Apache-2.0
import { sha256Hex } from "../../json";
import { visible } from "./terminal";

/** The last version that today's readers know. */
export const OSCAL_VERSION = "1.1.3";

/** Names our properties; a name, not an address to load. */
const NAMESPACE = "https://cdktf-part11.example/ns/oscal";

/** OSCAL wants a name without spaces, and a value that is not empty and neither begins nor ends with white space. */
export function property(name: string, value: string): object {
  const shown = visible(value);
  const plain = /^\S(?:.*\S)?$/u.test(shown);
  return { name: name.replaceAll(" ", "-"), ns: NAMESPACE, value: plain ? shown : JSON.stringify(shown) };
}

/** An id that the same seed and name have again: version 5 in form (RFC 9562), from SHA-256. */
export function uuid(seed: string, name: string): string {
  const hex = sha256Hex(`${seed} ${name}`);
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return parts.join("-");
}
