// SPDX-License-Identifier: Apache-2.0
import { plannedChanges, refused, type SaidTarget } from "./confirm";

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

type Lock = Omit<PlannedLock, "address">;

/** Types that lock something, with what they lock as the plan has it. */
const LOCKING: Readonly<Record<string, (after: Block) => readonly Lock[]>> = {
  aws_s3_bucket: ({ bucket, object_lock_configuration: lock }) => blocks(lock).flatMap((one) => ruleLocks(bucket, one)),
  aws_s3_bucket_object_lock_configuration: (after) => ruleLocks(after.bucket, after),
  aws_s3_bucket_object: objectLock,
  aws_s3_object: objectLock,
  aws_s3_object_copy: objectLock,
  aws_backup_vault_lock_configuration: ({ backup_vault_name: name, min_retention_days: days }) => [
    { name: String(name), mode: "vault lock", days: typeof days === "number" ? days : undefined },
  ],
};

/** Every lock that a plan sets. */
export function locksOf(plan: unknown): readonly PlannedLock[] {
  return plannedChanges(plan).flatMap(({ type, address, change }) => {
    const locks = Object.hasOwn(LOCKING, type) ? LOCKING[type]!(change.after ?? {}) : [];
    return locks.map((lock) => ({ ...lock, address }));
  });
}

/** A configuration without a rule is told too: that it locks nothing by default is not known of it. */
function ruleLocks(bucket: unknown, { rule }: Block): readonly Lock[] {
  const rules = blocks(rule).flatMap(({ default_retention: retention }) => blocks(retention));
  return (rules.length === 0 ? [{}] : rules).map(({ mode, days, years }: Block) => {
    const known = [days, years].filter((one) => one !== undefined && one !== null);
    const count = Number(days ?? 0) + Number(years ?? 0) * 365;
    return { name: String(bucket), mode: String(mode), days: known.length > 0 && count > 0 ? count : undefined };
  });
}

/** One that is locked until a day of its own: how long that is from now no plan tells. */
function objectLock({ bucket, key, object_lock_mode: mode, object_lock_retain_until_date: until }: Block) {
  const isLocked = [mode, until].some((one) => one !== undefined && one !== null);
  return isLocked ? [{ name: `${bucket}/${key}`, mode: String(mode), days: undefined }] : [];
}

/** Terraform's JSON has blocks as lists; a provider may say object. */
function blocks(value: unknown): readonly Block[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "object" && one !== null);
}
