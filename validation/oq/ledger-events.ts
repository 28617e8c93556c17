// SPDX-License-Identifier: Apache-2.0
import { type AttributeValue, ScanCommand, type ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import type { PutVersion, Range } from "./range";

export type LedgerItem = Record<string, AttributeValue>;

/** What the ledger says of a version, as far as challenges ask. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** In whose chain it stands. */
  readonly vendor?: string;
  readonly receivedAt?: string;
  readonly sha256?: string;
  readonly senderSha256?: string;
  /** The version that stated it. */
  readonly manifest?: { readonly key: string; readonly versionId: string };
  readonly reason?: string;
  readonly transfer?: {
    readonly user: string;
    readonly clientIp: string;
    readonly session: string;
    readonly bytes: number;
  };
  /** Version of the same key that followed. */
  readonly supersededBy?: string;
  readonly destination?: { readonly bucket: string; readonly key: string; readonly versionId: string };
}

/** Every item of the ledger's table. */
export async function ledgerItems(range: Range): Promise<LedgerItem[]> {
  const dynamodb = (await range.administrator()).dynamodb();
  const items: LedgerItem[] = [];
  for (let ExclusiveStartKey: LedgerItem | undefined, more = true; more; ) {
    const command = new ScanCommand({
      TableName: range.zone.tableNamed("-ledger"),
      ConsistentRead: true,
      ExclusiveStartKey,
    });
    const page: ScanCommandOutput = await dynamodb.send(command);
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
    more = ExclusiveStartKey !== undefined;
  }
  return items;
}

/** Every event of the ledger, in no order. */
export async function ledgerEvents(range: Range): Promise<Told[]> {
  return (await ledgerItems(range)).flatMap(({ event }) => (event?.S ? [JSON.parse(event.S) as Told] : []));
}

/** The events of one version, in no order. */
export async function eventsOf(range: Range, { bucket, key, versionId }: Omit<PutVersion, "sha256">): Promise<Told[]> {
  return (await ledgerEvents(range)).filter(
    (one) => one.bucket === bucket && one.key === key && one.versionId === versionId,
  );
}
