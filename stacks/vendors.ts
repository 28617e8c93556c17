// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parseDocument } from "yaml";
import { type ExpectedDelivery, ModuleError, type Vendor, type VendorContact } from "../modules";

/** What a vendor is, and what is expected of it, as `vendors.yaml` says. */
export interface VendorsFile {
  readonly vendors: readonly Vendor[];
  /** Finished when the SFTP server says so. */
  readonly deliveries: readonly ExpectedDelivery[];
  /** Who is sent the receipts. */
  readonly contacts: readonly VendorContact[];
}

type Schedule = NonNullable<ExpectedDelivery["schedule"]>;

interface WrittenDelivery
  extends Pick<ExpectedDelivery, "name" | "files" | "sizeBytes" | "manifest" | "sha256File" | "blinding">,
    Omit<Schedule, "until"> {
  /** @default - the vendor's */
  readonly until?: string;
  readonly recordClass: string;
}

interface WrittenVendor extends Vendor {
  readonly contacts: readonly { readonly email: string }[];
  readonly studies: readonly { readonly id: string; readonly deliveries?: readonly WrittenDelivery[] }[];
}

/**
 * Reads `vendors.yaml` by its schema; without a file, the committed example. What the schema cannot say (the strength of a
 * key, the width of a network, the same key twice) `part11 vendor list` checks, before the plan is made.
 *
 * @param recordClass class that the zone's buckets are locked for; a file of another would be kept for the wrong time. @default - any
 * @throws SETTINGS_INVALID for anything not understood, and for a delivery of another class
 */
export function readVendors(file?: string, recordClass?: string): VendorsFile {
  const from = file ?? path.join(__dirname, "settings", "vendors.yaml");
  const document = parseDocument(fs.readFileSync(from, "utf8"), {
    schema: "core",
    merge: false,
    uniqueKeys: true,
    strict: true,
  });
  const problem = [...document.errors, ...document.warnings][0];
  if (problem) throw invalid(from, "YAML without errors or warnings", problem.message.split("\n")[0]!);
  const content: unknown = document.toJS({ maxAliasCount: 0 });
  const ajv = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true });
  if (!ajv.validate(schema(), content)) {
    const [first] = ajv.errors!;
    const got = `${first!.instancePath || "/"} ${first!.message}`;
    throw invalid(from, "vendors by validation/schema/vendors.schema.json", got);
  }
  const { vendors } = content as { vendors: readonly WrittenVendor[] };
  if (recordClass !== undefined) refuseOtherClass(vendors, recordClass, from);
  return {
    vendors: vendors.map(toSettings),
    deliveries: vendors.flatMap(expectedOf),
    contacts: vendors.flatMap(({ id, contacts }) => contacts.map(({ email }) => ({ vendor: id, email }))),
  };
}

/** A bucket has one lock, and it is as long as one class of records asks for. */
function refuseOtherClass(vendors: readonly WrittenVendor[], recordClass: string, from: string): void {
  for (const { id, studies } of vendors) {
    const other = studies
      .flatMap(({ deliveries = [] }) => deliveries)
      .find((delivery) => delivery.recordClass !== recordClass);
    if (!other) continue;
    const got = `${other.recordClass}, of ${other.name} from ${id}`;
    throw invalid(from, `deliveries of ${recordClass}, the record class of the settings`, got);
  }
}

function expectedOf({ id: vendor, studies, until: vendorUntil }: WrittenVendor): ExpectedDelivery[] {
  return studies.flatMap(({ id: study, deliveries = [] }) =>
    deliveries.map(
      ({ name, files, sizeBytes, manifest, sha256File, blinding, from, until = vendorUntil, cadence, window }) => ({
        vendor,
        study,
        name,
        files,
        sizeBytes,
        manifest,
        sha256File,
        blinding,
        finishedBy: "transfer",
        windowMinutes: Math.max(window.hoursAfter, 1) * 60,
        schedule: { from, until, cadence, window },
      }),
    ),
  );
}

function toSettings({ id, studies, keys, cidrs, from, until, enabled = true, secretArn }: Vendor): Vendor {
  return {
    id,
    studies: studies.map((study) => ({ id: study.id })),
    keys: keys.map(({ publicKey, notBefore, notAfter }) => ({
      // Without the comment: it may name a person, and the same key must stay the same item.
      publicKey: publicKey.split(" ").slice(0, 2).join(" "),
      ...(notBefore === undefined ? {} : { notBefore }),
      notAfter,
    })),
    cidrs,
    from,
    until,
    enabled,
    ...(secretArn === undefined ? {} : { secretArn }),
  };
}

/** The schema stands in `validation`, whose code no stack knows: both rooms meet in the file. */
function schema(): object {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, "validation", "schema", "vendors.schema.json");
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8"));
  }
  throw invalid(__dirname, "validation/schema/vendors.schema.json in the package", "none");
}

function invalid(where: string, expected: string, got: string): ModuleError {
  return new ModuleError("SETTINGS_INVALID", {
    what: "vendors not usable",
    where: path.basename(where),
    expected,
    got,
    todo: "correct the vendors file; part11 vendor list names the line",
  });
}
