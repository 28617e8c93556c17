// SPDX-License-Identifier: Apache-2.0
import type { Stage } from "./stage";

/** What one call was expected to do, as on AWS, and what it did. */
export interface Probe {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** A challenge with its positive twin and its mutant (the same challenge on a deliberately weakened copy). */
export interface Scenario {
  readonly name: string;
  /** Ids of the controls whose OQ challenge relies on this behaviour. */
  readonly controls: readonly string[];
  run(stage: Stage): Promise<Probe[]>;
}

/** "ok", or the error's code and HTTP status. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    return $metadata?.httpStatusCode === undefined ? String(error) : `${name} ${$metadata.httpStatusCode}`;
  }
}

export const REFUSED = "AccessDenied 403";

export async function probe(what: string, expected: string, call: Promise<unknown>): Promise<Probe> {
  return { what, expected, got: await outcome(call) };
}

/** Something seen, held against what must be seen. An expectation that is itself absent is never met. */
export function compare(what: string, expected: unknown, got: unknown): Probe {
  return { what, expected: inWords(expected) ?? "a value to compare with", got: inWords(got) ?? "nothing" };
}

function inWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Asks until the answer is defined or the seconds are over. */
export async function until<T>(ask: () => Promise<T | undefined>, seconds: number): Promise<T | undefined> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const answer = await ask();
    if (answer !== undefined || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
