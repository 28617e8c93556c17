// SPDX-License-Identifier: Apache-2.0
import { visible } from "./terminal";

/** Text as a message of SARIF: no embedded link (SARIF 2.1.0 §3.11.6) and no placeholder (§3.11.5). */
export function messageText(text: string): string {
  return visible(text)
    .replaceAll("](", "]\\u{28}")
    .replace(/[{}]/g, (brace) => brace + brace);
}
