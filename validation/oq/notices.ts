// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import type { Range } from "./range";
import { type Received, receive } from "./subscriber";

const POLL_MS = 500;
/** "Within minutes": a transfer is told of after five. */
export const PATIENCE_MS = 5 * 60_000;

/** A notice as a subscriber gets it: the attributes that SNS carries, and the facts of its text (modules/delivery-notices). */
export interface Notice {
  readonly vendor: string | undefined;
  readonly study: string | undefined;
  readonly status: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What notices are about. */
export interface ToldOf {
  readonly versionId: string;
  /** A notice that holds this text is about it as well, whatever version it is of. @default - only notices of the version are */
  readonly naming?: string;
}

/** Reads a queue until notices of every wanted status speak of it, or patience ends; looks once where none is wanted. */
export async function untilTold(
  range: Range,
  queue: string,
  of: ToldOf,
  own: Notice[],
  wanted: readonly string[],
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const administrator = await range.administrator();
  for (;;) {
    const notices = (await receive(administrator, queue)).map(noticeOf);
    own.push(...notices.filter((notice) => isAbout(notice, of)));
    if (wanted.every((status) => own.some((one) => one.status === status)) || Date.now() > deadline) return;
    await sleep(POLL_MS);
  }
}

function isAbout(notice: Notice, { versionId, naming }: ToldOf): boolean {
  return notice.facts.version === versionId || (naming !== undefined && JSON.stringify(notice).includes(naming));
}

/** @param received as SNS has put it into a queue */
export function noticeOf({ text, attributes }: Received): Notice {
  const { vendor, study, status } = attributes;
  return { vendor, study, status, facts: JSON.parse(text) as Notice["facts"] };
}
