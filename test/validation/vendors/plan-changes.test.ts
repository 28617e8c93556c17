// SPDX-License-Identifier: Apache-2.0
import { readVendors } from "../../../stacks/vendors";
import { offboard } from "../../../validation/vendors/edit";
import { planChanges } from "../../../validation/vendors/plan-changes";
import type { Vendor } from "../../../validation/vendors/vendor";
import { parseVendors } from "../../../validation/vendors/vendor-file";
import { addGateway } from "../../modules/sftp-gateway/gateway-stack";
import { resource, synthesize, testStack } from "../../modules/synth";
import { EXAMPLE, edited } from "./example";

const FILE = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
const CHANGE = { on: "2026-11-22", by: "ann.lee", approver: "bo.chen", reason: "Agreed in the meeting of Friday" };
const [ACME] = FILE.vendors as [Vendor];

/** Sign and name of each change. */
function shown(before: readonly Vendor[], after: readonly Vendor[]): readonly string[] {
  return planChanges(before, after).map(({ kind, item }) => `${kind} ${item}`);
}

function withAcme(change: Partial<Vendor>): readonly Vendor[] {
  return [{ ...ACME, ...change }, ...FILE.vendors.slice(1)];
}

test("the same vendors change nothing", () => {
  expect(planChanges(FILE.vendors, parseVendors(Buffer.from(EXAMPLE), "vendors.yaml").vendors)).toEqual([]);
});

test("a new vendor is a role, a rule for each network, a subscription for each contact, and a row for each delivery", () => {
  const [, ...others] = FILE.vendors;
  expect(shown(others, FILE.vendors)).toEqual([
    "added role PREFIX-vendor-acme",
    ...ACME.cidrs.map((cidr) => `added rule of PREFIX-sftp, port 22 from ${cidr}`),
    ...ACME.contacts.map(({ email }) => `added subscription of ${email}`),
    ...ACME.studies.flatMap(({ id, deliveries = [] }) =>
      deliveries.map(({ name }) => `added delivery ${id} ${name}, of acme`),
    ),
  ]);
});

test("one that is offboarded loses its networks, and keeps role, subscriptions and rows", () => {
  const networks = ACME.cidrs.map((cidr) => `removed rule of PREFIX-sftp, port 22 from ${cidr}`);
  const after = offboard(FILE, "acme", CHANGE).vendors;
  expect(shown(FILE.vendors, after).filter((line) => !line.includes(" delivery "))).toEqual(networks);
});

test.each<[string, readonly Vendor[], string]>([
  ["a study more", withAcme({ studies: [...ACME.studies, { id: "st-999" }] }), "changed role PREFIX-vendor-acme"],
  [
    "a network that another vendor has as well",
    withAcme({ cidrs: [...ACME.cidrs, "198.51.100.0/28"] }),
    "changed rule of PREFIX-sftp, port 22 from 198.51.100.0/28",
  ],
  [
    "a contact of another vendor",
    withAcme({ contacts: [...ACME.contacts, FILE.vendors[1]!.contacts[0]!] }),
    `changed subscription of ${FILE.vendors[1]!.contacts[0]!.email}`,
  ],
  [
    "another size of a delivery",
    parseVendors(edited("min: 100,", "min: 101,"), "vendors.yaml").vendors,
    "changed delivery st-101 weekly-chemistry, of acme",
  ],
])("%s is one change", (_, after, line) => {
  expect(shown(FILE.vendors, after)).toEqual([line]);
});

test("roles and networks are those that the module makes of the same file", () => {
  const { stack } = testStack();
  addGateway(stack, { vendors: readVendors().vendors });
  const document = synthesize(stack);
  const { ingress } = resource(document, "aws_security_group") as {
    ingress: ReadonlyArray<Record<"cidr_blocks" | "ipv6_cidr_blocks", string[] | null>>;
  };
  const rules = ingress.flatMap((rule) => [...(rule.cidr_blocks ?? []), ...(rule.ipv6_cidr_blocks ?? [])]);
  const roles = Object.values(document.resource.aws_iam_role!).flatMap(({ name }) =>
    String(name).includes("-vendor-") ? [String(name).replace("acme-clin", "PREFIX")] : [],
  );
  const made = planChanges([], FILE.vendors).map(({ item }) => item);
  const named = (start: string) =>
    made.flatMap((item) => (item.startsWith(start) ? [item.slice(start.length)] : [])).sort();
  expect([named("rule of PREFIX-sftp, port 22 from "), named("role ")]).toEqual([rules.sort(), roles.sort()]);
});
