// SPDX-License-Identifier: Apache-2.0
import type { ItemChange } from "./items";
import { isEnabled, type Vendor } from "./vendor";

/** What Terraform does beside the vendors table: `item` names the resource, `vendor` whose it is, several where they share it. */
export type PlanChange = ItemChange;

/** A resource by its name: whose it is, and what it says. */
type Resources = ReadonlyMap<string, { readonly vendors: readonly string[]; readonly says: readonly string[] }>;

/**
 * The roles, rules of the server's security group, e-mail subscriptions and rows of expected deliveries that differ, as
 * the landing zone makes them of the vendors file (modules/sftp-gateway, delivery-notices, ingest).
 */
export function planChanges(before: readonly Vendor[], after: readonly Vendor[]): readonly PlanChange[] {
  return [rolesOf, rulesOf, contactsOf, deliveriesOf].flatMap((of) => differing(of(before), of(after)));
}

function differing(old: Resources, now: Resources): readonly PlanChange[] {
  const changes: PlanChange[] = [];
  for (const [item, { vendors, says }] of now) {
    const was = old.get(item);
    if (was === undefined) changes.push({ kind: "added", vendor: vendors.join(" "), item, says });
    else if (was.says.join("\n") !== says.join("\n")) {
      const lines = [...was.says.map((line) => `was ${line}`), ...says.map((line) => `is ${line}`)];
      changes.push({ kind: "changed", vendor: vendors.join(" "), item, says: lines });
    }
  }
  for (const [item, { vendors }] of old) {
    if (!now.has(item)) changes.push({ kind: "removed", vendor: vendors.join(" "), item, says: [] });
  }
  return changes;
}

/** Of every vendor, offboarded ones too: only the login is refused them. */
function rolesOf(vendors: readonly Vendor[]): Resources {
  return new Map(
    vendors.map(({ id, studies }) => {
      const folders = [...studies.map((study) => study.id), "test"].join(" ");
      return [`role PREFIX-vendor-${id}`, { vendors: [id], says: [`uploads to ${folders}`] }];
    }),
  );
}

/** One rule a network, of the vendors that are enabled. */
function rulesOf(vendors: readonly Vendor[]): Resources {
  const owners = owned(vendors.filter(isEnabled), ({ cidrs }) => cidrs);
  return new Map(
    [...owners].map(([cidr, ids]) => [
      `rule of PREFIX-sftp, port 22 from ${cidr}`,
      { vendors: ids, says: [`lets in ${ids.join(" ")}`] },
    ]),
  );
}

/** One subscription an address, which its owner confirms. */
function contactsOf(vendors: readonly Vendor[]): Resources {
  const owners = owned(vendors, ({ contacts }) => contacts.map(({ email }) => email));
  return new Map(
    [...owners].map(([email, ids]) => [
      `subscription of ${email}`,
      { vendors: ids, says: [`receipts and refusals of ${ids.join(" ")}`] },
    ]),
  );
}

function deliveriesOf(vendors: readonly Vendor[]): Resources {
  return new Map(
    vendors.flatMap(({ id, studies, until: last }) =>
      studies.flatMap(({ id: study, deliveries = [] }) =>
        deliveries.map(({ name, files, sizeBytes, manifest, sha256File, blinding, from, until = last, ...rest }) => {
          const { cadence, window } = rest;
          const says = [
            `${files}, ${sizeBytes.min} to ${sizeBytes.max} bytes, ${blinding}`,
            `manifest ${manifest}, SHA-256 file ${sha256File}`,
            `${Object.values(cadence).join(" ")}, ${window.hoursBefore} h before to ${window.hoursAfter} h after, ${from} to ${until}`,
          ];
          return [`delivery ${study} ${name}, of ${id}`, { vendors: [id], says }] as const;
        }),
      ),
    ),
  );
}

/** Ids of the vendors that have a thing, sorted, by the thing. */
function owned(vendors: readonly Vendor[], things: (vendor: Vendor) => readonly string[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const vendor of vendors) {
    for (const thing of new Set(things(vendor))) {
      owners.set(thing, [...(owners.get(thing) ?? []), vendor.id].sort());
    }
  }
  return owners;
}
