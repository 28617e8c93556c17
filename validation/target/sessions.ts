// SPDX-License-Identifier: Apache-2.0

/** A session that another session opened lives for an hour at most (IAM user guide, "Terms and concepts for roles", Role chaining). */
const RENEWED_AFTER_MS = 30 * 60_000;

/** Sessions by role, each opened once and anew before it ends: a run may last longer than a session. */
export class Sessions<T> {
  private readonly opened = new Map<string, { readonly at: number; readonly session: Promise<T> }>();

  /** @param clock milliseconds that only go up */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  get(role: string, open: () => Promise<T>): Promise<T> {
    const known = this.opened.get(role);
    if (known && this.clock() - known.at < RENEWED_AFTER_MS) return known.session;
    const fresh = { at: this.clock(), session: open() };
    this.opened.set(role, fresh);
    return fresh.session;
  }
}
