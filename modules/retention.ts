// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentName } from "./aws-environment";
import { ModuleError } from "./errors";

/** Years or days, never both: S3 takes exactly one (S3 API PutObjectLockConfiguration, DefaultRetention). */
export type RetentionPeriod =
  | { readonly years: number; readonly days?: never }
  | { readonly days: number; readonly years?: never };

/**
 * How long and how firmly an object version is kept (S3 Object Lock default retention; 21 CFR 11.10(c)).
 * COMPLIANCE cannot be shortened or removed by anybody, root included, before its time.
 */
export class Retention {
  /** Nobody can delete or shorten. Whole years 1-100 or whole days 1-36500. @throws RETENTION_INVALID */
  static compliance(period: RetentionPeriod): Retention {
    return new Retention("COMPLIANCE", period);
  }

  /** Removable with s3:BypassGovernanceRetention, so not for records in production. @throws RETENTION_INVALID */
  static governance(period: RetentionPeriod): Retention {
    return new Retention("GOVERNANCE", period);
  }

  /** No default retention: development only. */
  static none(): Retention {
    return new Retention("NONE", undefined);
  }

  private constructor(
    readonly mode: "COMPLIANCE" | "GOVERNANCE" | "NONE",
    readonly period: RetentionPeriod | undefined,
  ) {
    if (!period) return;
    const [amount, most] = period.years === undefined ? [period.days, 36_500] : [period.years, 100];
    const both = period.years !== undefined && period.days !== undefined;
    if (both || !Number.isInteger(amount) || amount < 1 || amount > most) {
      throw new ModuleError("RETENTION_INVALID", {
        what: "retention period not usable",
        where: mode,
        expected: "whole years 1-100 or whole days 1-36500, one of the two",
        got: JSON.stringify(period),
        todo: "give either years or days",
      });
    }
  }

  /** Days of the lock; a year counts 365.25 days, rounded up. 0 for none. */
  get days(): number {
    if (!this.period) return 0;
    return this.period.years === undefined ? this.period.days : Math.ceil(this.period.years * 365.25);
  }

  toString(): string {
    if (!this.period) return "no lock";
    const [amount, unit] = this.period.years === undefined ? [this.period.days, "day"] : [this.period.years, "year"];
    return `${this.mode} ${amount} ${unit}${amount === 1 ? "" : "s"}`;
  }
}

/**
 * Refuses a lock that the environment must not have: production needs COMPLIANCE of at least `minimum`, qualification
 * is COMPLIANCE one day (disposable after it), development has none or GOVERNANCE one day.
 * @throws RETENTION_MODE, RETENTION_TOO_SHORT, RETENTION_TOO_LONG_OUTSIDE_PRODUCTION
 */
export function checkRetention(
  environment: EnvironmentName,
  retention: Retention,
  minimum: RetentionPeriod,
  where: string,
): void {
  const least = Retention.compliance(minimum);
  if (environment === "production") {
    if (retention.mode !== "COMPLIANCE") {
      throw new ModuleError("RETENTION_MODE", {
        what: "records are not locked",
        where,
        expected: "COMPLIANCE in production",
        got: retention.toString(),
        todo: "use Retention.compliance(...)",
      });
    }
    if (retention.days < least.days) {
      throw new ModuleError("RETENTION_TOO_SHORT", {
        what: "retention below the minimum of the record class",
        where,
        expected: `at least ${least.days} days`,
        got: `${retention.days} days`,
        todo: "lengthen the retention, or name the record class that the records belong to",
      });
    }
    return;
  }
  const oneDay = retention.days <= 1;
  const modeFits = environment === "qualification" ? retention.mode === "COMPLIANCE" : retention.mode !== "COMPLIANCE";
  if (!oneDay) {
    throw new ModuleError("RETENTION_TOO_LONG_OUTSIDE_PRODUCTION", {
      what: "irreversible lock outside production",
      where,
      expected: environment === "qualification" ? "COMPLIANCE one day" : "no lock, or GOVERNANCE one day",
      got: `${retention}: every TB put here is paid for ${(retention.days / 365.25).toFixed(1)} years`,
      todo: "shorten the retention, or deploy to production",
    });
  }
  if (!modeFits) {
    throw new ModuleError("RETENTION_MODE", {
      what: "lock mode does not fit the environment",
      where,
      expected: environment === "qualification" ? "COMPLIANCE one day" : "no lock, or GOVERNANCE one day",
      got: retention.toString(),
      todo: "take the mode that the environment demands",
    });
  }
}

/** The longest of several locks. */
export function longest(retentions: readonly Retention[]): Retention {
  return retentions.reduce((longer, other) => (other.days > longer.days ? other : longer), Retention.none());
}

/**
 * Refuses a lock that ends before the lock of what it accompanies: a replica before its source, the trail before the
 * records that it speaks of (21 CFR 11.10(e): as long as the subject records).
 * @throws RETENTION_TOO_SHORT
 */
export function checkOutlasts(retention: Retention, least: Retention, what: string, where: string): void {
  if (retention.days >= least.days) return;
  throw new ModuleError("RETENTION_TOO_SHORT", {
    what,
    where,
    expected: `at least ${least.days} days`,
    got: `${retention.days} days`,
    todo: "lengthen its retention",
  });
}
