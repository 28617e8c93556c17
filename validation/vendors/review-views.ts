// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate/escape/terminal";
import { wrap } from "../gate/wrap";
import { csv } from "./csv";
import { type AccessRow, SOON_DAYS } from "./review";
import type { ServiceUser } from "./service-users";

export interface AccessReview {
  readonly file: string;
  /** UTC day. */
  readonly asOf: string;
  readonly rows: readonly AccessRow[];
  /** null: no plan was given. */
  readonly serviceUsers: readonly ServiceUser[] | null;
}

const NAME_WIDTH = 13;

/** The review as a page of text. @param columns of the terminal */
export function reviewText({ file, asOf, rows, serviceUsers }: AccessReview, columns: number): string {
  const line = (name: string, text: string) => wrap(`${name.padEnd(NAME_WIDTH)}${visible(text)}`, columns, NAME_WIDTH);
  const vendors = [...new Set(rows.map(({ vendor }) => vendor))];
  const blocks = vendors.flatMap((vendor) => {
    const own = rows.filter((row) => row.vendor === vendor);
    const [first] = own as [AccessRow];
    return [
      line(vendor, `${first.name}, ${first.from} to ${first.until}, approved by ${first.approvedBy}`),
      line("  studies", first.studies.join(" ")),
      line("  networks", first.cidrs.join(" ")),
      line("  contacts", first.contacts.join(" ")),
      ...own.flatMap((row) => [
        line(`  ${row.state}`, row.fingerprint === "none" ? "no key" : row.fingerprint),
        line("", keyText(row)),
      ]),
      "",
    ];
  });
  const ending = rows.filter(({ state }) => state === "ends soon");
  return `${[
    `Access review of ${visible(file)} as of ${asOf}: ${vendors.length} vendors, ${rows.length} rows`,
    "",
    ...blocks,
    line("ends soon", ending.length === 0 ? `nothing within ${SOON_DAYS} days` : ending.map(endText).join("; ")),
    ...serviceLines(serviceUsers).map((text) => line("Transfer", text)),
  ].join("\n")}\n`;
}

function keyText({ keyType, keyFrom, keyUntil, lastUse, secondComponent }: AccessRow): string {
  const component = secondComponent ? "with a second component" : "the key alone";
  return `${keyType}, ${keyFrom} to ${keyUntil}, ${component}, last use ${lastUse}`;
}

function endText({ vendor, until, keyUntil, fingerprint }: AccessRow): string {
  return keyUntil < until ? `${vendor} key ${fingerprint} on ${keyUntil}` : `${vendor} on ${until}`;
}

function serviceLines(users: readonly ServiceUser[] | null): readonly string[] {
  if (users === null) return ["service-managed users were not looked for: give --plan"];
  if (users.length === 0) return ["no service-managed users in the plan"];
  return users.map(({ user, address, lacks }) => `service-managed user ${user} (${address}): ${lacks.join("; ")}`);
}

/** The review as CSV, one row a key; service-managed users follow as rows of their own. */
export function reviewCsv({ rows, serviceUsers }: AccessReview): string {
  const head = [
    ...["vendor", "name", "state", "studies", "networks", "contacts", "from", "until", "key type", "fingerprint"],
    ...["key from", "key until", "second component", "last use", "approved by"],
  ];
  const cells = rows.map((row) => [
    ...[row.vendor, row.name, row.state, row.studies.join(" "), row.cidrs.join(" "), row.contacts.join(" ")],
    ...[row.from, row.until, row.keyType, row.fingerprint, row.keyFrom, row.keyUntil],
    ...[row.secondComponent ? "yes" : "no", row.lastUse, row.approvedBy],
  ]);
  const service = (serviceUsers ?? []).map(({ user, address, lacks }) => [
    ...[user, address, `service-managed: ${lacks.join("; ")}`],
    ...new Array<string>(head.length - 3).fill("unknown"),
  ]);
  return csv(head, [...cells, ...service]);
}
