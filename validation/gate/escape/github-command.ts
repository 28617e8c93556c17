// SPDX-License-Identifier: Apache-2.0
import { visible } from "./terminal";

/** Text as the message of a workflow command: one line, and no `%` that the runner would decode. */
export function commandMessage(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

/** Text as the value of a property of a workflow command; `,` and `:` would end it. */
export function commandProperty(text: string): string {
  return commandMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
