// SPDX-License-Identifier: Apache-2.0
import { type Notice, WITHHELD } from "../../delivery-notices/notice";
import type { Delivery } from "../../ingest/arrivals/delivery";
import type { LedgerEvent } from "../../ledger/entry";
import { type Finding, findingId, findingsOf, mayBeNamed } from "./findings";
import { receivedOf } from "./received";

/** Begins lines of the log that an alarm listens for. */
export const FOUND = "PART11_DELIVERY";

/** What the check needs of AWS. */
export interface CheckPorts {
  readonly deliveries: () => Promise<readonly Delivery[]>;
  /** Events of a vendor's chain, the newest first. */
  readonly newest: (vendor: string) => AsyncIterable<LedgerEvent>;
  /** Whether a finding was told of before. */
  readonly isKnown: (findingId: string) => Promise<boolean>;
  readonly remember: (findingId: string, finding: Finding) => Promise<void>;
  readonly tell: (notice: Notice) => Promise<void>;
  readonly log: (line: string) => void;
}

export interface CheckProps {
  /** Names of the buckets that promotion writes to. */
  readonly records: readonly string[];
  /** Days of the ledger that are read. */
  readonly lookBackDays: number;
}

const DAY_MS = 86_400_000;

/**
 * Compares what is expected with what came, and tells of each finding once; after a crash perhaps twice, never not at all.
 *
 * @throws AggregateError when some could not be told, after the others were
 */
export async function check(ports: CheckPorts, { records, lookBackDays }: CheckProps, asOf: Date): Promise<void> {
  const since = asOf.getTime() - lookBackDays * DAY_MS;
  const deliveries = await ports.deliveries();
  const events: LedgerEvent[] = [];
  for (const vendor of new Set(deliveries.map((delivery) => delivery.vendor))) {
    for await (const event of ports.newest(vendor)) {
      if (Date.parse(event.at) < since) break;
      events.push(event);
    }
  }
  const findings = findingsOf(deliveries, receivedOf(events, records), since, asOf.getTime());
  const failures: unknown[] = [];
  for (const finding of findings) {
    try {
      await tellOnce(ports, finding, mayBeNamed(deliveries, finding));
    } catch (error) {
      failures.push(error);
    }
  }
  const counts = { deliveries: deliveries.length, events: events.length, findings: findings.length };
  ports.log(JSON.stringify({ ...counts, failures: failures.length }));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} findings could not be told`);
}

async function tellOnce(ports: CheckPorts, finding: Finding, named: boolean): Promise<void> {
  const id = findingId(finding);
  if (await ports.isKnown(id)) return;
  await ports.tell(noticeOf(finding, named));
  ports.log(`${FOUND} ${JSON.stringify({ ...finding, id })}`);
  await ports.remember(id, finding);
}

function noticeOf({ kind, vendor, study, delivery, file, due, says }: Finding, named: boolean): Notice {
  const facts = {
    delivery,
    file: file && (named ? file.name : WITHHELD),
    version: file?.versionId,
    bytes: file?.bytes,
    sha256: file?.sha256,
    received: file && new Date(file.at).toISOString(),
    due: due === undefined ? undefined : new Date(due).toISOString(),
    says,
  };
  return { status: kind, vendor, study, facts };
}
