// SPDX-License-Identifier: Apache-2.0
import { DeleteItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { addVendor, dayAfter } from "../vendors/edit";
import { parseVendors, type VendorFile } from "../vendors/vendor-file";
import type { Range } from "./range";
import { type KeyPair, SENDERS_ADDRESS, type SenderId, STUDY } from "./senders";
import { formOf, rowsOf, type VendorRow } from "./vendor-rows";

/** Whom a challenge takes on: no plan knows of it. */
export const JOINED: SenderId = "oq-joined";
/** Whose rows and role the plan wrote: what is written for the other has their form. */
const LIKE: SenderId = "oq-sender";
/** Days before today on which it was taken on, so that its key can be replaced since. */
const DAYS_AGO = 30;

/** The present day, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Why the vendor is changed, and who answers for it: two people of no house, since the verb asks for two. */
export function changeOn(on: string, { run }: Range) {
  return { on, by: "qualification@example.org", approver: "approval@example.org", reason: `challenge of run ${run}` };
}

/** A vendors file of one vendor, as `part11 vendor add` leaves it. */
export function vendorsWith(range: Range, key: KeyPair): VendorFile {
  const from = dayAfter(today(), -DAYS_AGO);
  const until = dayAfter(today(), DAYS_AGO);
  const nobody = parseVendors(Buffer.from("schemaVersion: 1\nvendors: []\n"), "vendors.yaml");
  const vendor = {
    id: JOINED,
    name: "Challenge, taken on by a run",
    contacts: [{ name: "Qualification", email: "qualification@example.org" }],
    ...{ from, until },
    cidrs: [`${SENDERS_ADDRESS}/32`],
    keys: [{ publicKey: key.public.trim(), notBefore: from, notAfter: until }],
    studies: [{ id: STUDY }],
  };
  return addVendor(nobody, vendor, changeOn(from, range));
}

/** The vendors table and the role of the vendor who is taken on, written as the apply of a plan would write them. */
export class JoinedVendor {
  constructor(private readonly range: Range) {}

  /** Has the table say of the vendor what the file says, and nothing else. */
  async write({ vendors }: VendorFile): Promise<void> {
    const dynamodb = (await this.range.administrator()).dynamodb();
    const TableName = this.range.senders.table;
    const rows = vendors.filter(({ id }) => id === JOINED).flatMap(rowsOf);
    const kept = new Set(rows.map(({ item }) => item!.S));
    for (const { vendor, item } of await this.rows(JOINED))
      if (!kept.has(item!.S))
        await dynamodb.send(new DeleteItemCommand({ TableName, Key: { vendor: vendor!, item: item! } }));
    for (const Item of rows) await dynamodb.send(new PutItemCommand({ TableName, Item }));
  }

  /** Everything that the table says of a vendor. */
  async rows(vendor: SenderId): Promise<readonly VendorRow[]> {
    const command = new QueryCommand({
      TableName: this.range.senders.table,
      ConsistentRead: true,
      KeyConditionExpression: "vendor = :vendor",
      ExpressionAttributeValues: { ":vendor": { S: vendor } },
    });
    return (await (await this.range.administrator()).dynamodb().send(command)).Items ?? [];
  }

  /** Forms of rows that the plan wrote for another vendor and that none of this vendor's has, or the other way round. */
  async otherForms(): Promise<readonly string[]> {
    const [own, planned] = await Promise.all([this.rows(JOINED), this.rows(LIKE)]);
    const forms = (rows: readonly VendorRow[]) => new Set(rows.map(formOf));
    const [one, other] = [forms(own), forms(planned)];
    return [...new Set([...one, ...other])].filter((form) => !(one.has(form) && other.has(form)));
  }

  /** The role of the other vendor, with this one's id in its place. */
  async makeRole(): Promise<void> {
    const iam = (await this.range.administrator()).iam();
    const [from, RoleName] = [roleName(this.range, LIKE), roleName(this.range, JOINED)];
    const mine = (document: string | undefined) => decodeURIComponent(document ?? "").replaceAll(LIKE, JOINED);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: from }));
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: from }));
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: mine(Role?.AssumeRolePolicyDocument),
        PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      }),
    );
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: from, PolicyName }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: mine(PolicyDocument) }));
    }
  }

  /** Takes rows and role out again; what is not there is left. */
  async remove(): Promise<void> {
    await this.write({ name: "", text: "", vendors: [] });
    const iam = (await this.range.administrator()).iam();
    const RoleName = roleName(this.range, JOINED);
    try {
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
    } catch (error) {
      if ((error as Error).name !== "NoSuchEntityException") throw error;
    }
  }
}

function roleName({ senders }: Range, id: SenderId): string {
  return senders.roleArn(id).split("/").pop()!;
}
