// SPDX-License-Identifier: Apache-2.0
import type { EventType } from "../../ledger/entry";
import type { Delivery } from "./delivery";

/** What a side file says of a version. */
export interface Statement {
  readonly kind: "manifest" | "sha256File";
  readonly sha256: string;
  readonly key: string;
  readonly versionId: string;
}

/** All that the next step of a received version depends on. */
export interface Facts {
  readonly bytes: number;
  readonly sha256: string;
  /** Why its name is not accepted. */
  readonly nameRefusal: string | undefined;
  readonly delivery: Delivery | undefined;
  /** A side file speaks of others, and none of it. */
  readonly sideFile: "no" | "readable" | "malformed";
  /** What the ledger holds of this version. */
  readonly recorded: ReadonlySet<EventType>;
  readonly statements: readonly Statement[];
  readonly minutesSinceReceipt: number;
}

export type Step =
  | { readonly step: "done" | "wait" | "promote" }
  | { readonly step: "quarantine" | "manifest-missing"; readonly reason: string }
  | { readonly step: "manifest-ok" | "manifest-mismatch"; readonly statement: Statement };

const REFUSED: readonly EventType[] = ["QUARANTINED", "MANIFEST_MISMATCH", "MANIFEST_MISSING"];

/** The one next step of a version; after it is taken, the question is put again. */
export function nextStep(facts: Facts): Step {
  const { recorded } = facts;
  if (REFUSED.some((type) => recorded.has(type))) return { step: "done" };
  if (!recorded.has("PROMOTED")) {
    const reason = refusal(facts);
    if (reason !== undefined) return { step: "quarantine", reason };
    if (facts.delivery!.finishedBy === "transfer" && !recorded.has("ATTRIBUTED")) {
      if (!isLate(facts)) return { step: "wait" };
      return { step: "quarantine", reason: "the transfer server never called the upload completed" };
    }
  }
  // A delivery may be taken out of the settings after its files were promoted.
  if (facts.delivery && facts.sideFile === "no" && !recorded.has("MANIFEST_OK")) {
    const compared = compare(facts);
    if (compared) return compared;
  }
  return { step: recorded.has("PROMOTED") ? "done" : "promote" };
}

function refusal({ nameRefusal, delivery, bytes, sideFile }: Facts): string | undefined {
  if (nameRefusal !== undefined) return nameRefusal;
  if (sideFile === "malformed") return "is a side file that cannot be read";
  if (!delivery) return "is expected by no delivery";
  if (bytes === 0) return "is empty";
  if (sideFile === "readable") return undefined;
  const { min, max } = delivery.sizeBytes;
  if (bytes < min) return `has fewer than ${min} bytes`;
  return bytes > max ? `has more than ${max} bytes` : undefined;
}

/** Compares with what the sender states; undefined when nothing keeps the version from being promoted. */
function compare(facts: Facts): Step | undefined {
  const delivery = facts.delivery!;
  const asked = facts.statements.filter(({ kind }) => delivery[kind] !== "none");
  const wrong = asked.find((statement) => statement.sha256 !== facts.sha256);
  if (wrong) return { step: "manifest-mismatch", statement: wrong };
  const kinds = ["manifest", "sha256File"] as const;
  const missing = kinds.find((kind) => delivery[kind] === "required" && !asked.some((one) => one.kind === kind));
  if (missing === undefined) return asked[0] && { step: "manifest-ok", statement: asked[0] };
  const name = missing === "manifest" ? "manifest" : ".sha256 file";
  if (!isLate(facts)) return { step: "wait" };
  return { step: "manifest-missing", reason: `no ${name} within ${delivery.windowMinutes} minutes` };
}

function isLate({ minutesSinceReceipt, delivery }: Facts): boolean {
  return minutesSinceReceipt > delivery!.windowMinutes;
}
