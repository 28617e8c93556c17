// SPDX-License-Identifier: Apache-2.0
import { type PlannedChange, plannedChanges, refused, type SaidTarget } from "./confirm";

type Block = Readonly<Record<string, unknown>>;

/** Days of a lock in a plan; undefined of one that names neither days nor years. */
export interface PlannedLock {
  /** Bucket or vault. */
  readonly name: string;
  readonly address: string;
  readonly mode: string;
  readonly days: number | undefined;
}

/**
 * A run that writes makes everything itself and can take it down the next day: the environment is qualification, the plan creates
 * and does nothing else, and no lock is longer than the shortest that the settings allow, one day.
 *
 * @throws TARGET_REFUSED
 */
export function assertDisposable(
  plan: unknown,
  settings: Readonly<Record<string, unknown>>,
  { environment }: SaidTarget,
): void {
  if (environment !== "qualification") {
    const todo = "name a qualification environment, or read only: --read-only";
    throw refused("--environment", "qualification, for a run that writes", environment, todo);
  }
  for (const member of ["retention", "inboxRetention"] as const) {
    const { mode, period } = (settings[member] ?? {}) as { mode?: unknown; period?: Block };
    if (member === "inboxRetention" && settings[member] === undefined) continue;
    if (mode === "COMPLIANCE" && period?.days === 1 && Object.keys(period).length === 1) continue;
    const got = JSON.stringify(settings[member] ?? null);
    throw refused(
      `${member} of the settings`,
      "COMPLIANCE for one day",
      got,
      "set it to { mode: COMPLIANCE, period: { days: 1 } }",
    );
  }
  const changed = plannedChanges(plan).find(
    ({ mode, change }) => mode === "managed" && change.actions.join() !== "create",
  );
  if (changed) {
    const got = `${changed.change.actions.join(", ")} of ${changed.address}`;
    throw refused(
      "plan",
      "resources that are created, and no other change",
      got,
      "plan with an empty state: nothing that is there may be touched",
    );
  }
  const locks = locksOf(plan);
  const long = locks.find(({ days }) => days === undefined || days > 1);
  if (long) {
    const got = `${long.mode} for ${long.days ?? "no known number of"} days on ${long.name}`;
    throw refused(
      `lock of the plan ${long.address}`,
      "at most one day",
      got,
      "plan with the settings of the qualification",
    );
  }
  if (locks.length > 0) return;
  throw refused(
    "locks of the plan",
    "at least one, for there is nothing to challenge without",
    "none",
    "give the plan of the landing zone",
  );
}

/** Every lock that a plan sets. */
export function locksOf(plan: unknown): readonly PlannedLock[] {
  return plannedChanges(plan).flatMap((change) => bucketLock(change) ?? vaultLock(change) ?? []);
}

function bucketLock({ type, address, change: { after } }: PlannedChange): PlannedLock | undefined {
  if (type !== "aws_s3_bucket_object_lock_configuration") return undefined;
  const { mode, days, years } = first(first(after?.rule).default_retention);
  const known = typeof days === "number" ? days : typeof years === "number" ? years * 365 : undefined;
  return { name: String(after?.bucket), address, mode: String(mode), days: known };
}

function vaultLock({ type, address, change: { after } }: PlannedChange): PlannedLock | undefined {
  if (type !== "aws_backup_vault_lock_configuration") return undefined;
  const days = after?.min_retention_days;
  const name = String(after?.backup_vault_name);
  return { name, address, mode: "vault lock", days: typeof days === "number" ? days : undefined };
}

function first(block: unknown): Block {
  return ((Array.isArray(block) ? block[0] : block) ?? {}) as Block;
}
