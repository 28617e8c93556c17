// SPDX-License-Identifier: Apache-2.0
import { isObject } from "../facts/json-object";
import type { PlannedResource } from "./resources";

const REDACTED = "(sensitive)";

/** A transcript without the values that plan and state mark sensitive, wherever they stand in it. */
export function withoutSecrets(transcript: unknown, resource: PlannedResource, state: unknown): unknown {
  const secrets = new Set<string>();
  collect(resource.after, resource.sensitive, secrets);
  collect(state, resource.sensitive, secrets);
  if (secrets.size === 0) return transcript;
  // longest first: a secret may be part of another
  const byLength = [...secrets].sort((a, b) => b.length - a.length);
  return replaceTexts(transcript, (text) => byLength.reduce((rest, secret) => rest.split(secret).join(REDACTED), text));
}

function collect(value: unknown, mark: unknown, secrets: Set<string>): void {
  if (value === null || value === undefined || mark === undefined || mark === false) return;
  if (typeof value === "object") {
    for (const [key, member] of Object.entries(value)) {
      collect(member, mark === true ? true : (mark as Record<string, unknown>)[key], secrets);
    }
  } else if (mark === true && String(value) !== "") {
    secrets.add(String(value));
  }
}

function replaceTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((member) => replaceTexts(member, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [replace(key), replaceTexts(member, replace)]),
  );
}
