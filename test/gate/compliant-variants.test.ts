// SPDX-License-Identifier: Apache-2.0
import { judged } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";

/** A change that a careful team may make without weakening anything. */
type Variant = readonly [name: string, change: (documents: Documents) => Documents];

const ORIGINAL = goldenDocuments();

/** Every occurrence in plan and synth alike, as a change of the settings makes it. */
function replaced(...pairs: readonly (readonly [from: RegExp, to: string])[]): (documents: Documents) => Documents {
  return ({ plan, synth, lock }) => {
    const changed = (value: unknown) =>
      JSON.parse(pairs.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)));
    return { plan: changed(plan), synth: changed(synth), lock };
  };
}

function edited(change: (documents: Documents) => void): (documents: Documents) => Documents {
  return (documents) => {
    const copy = structuredClone(documents);
    change(copy);
    return copy;
  };
}

const resources = ({ plan }: Documents) => plan.configuration.root_module!.resources!;

const years = (n: number): Variant => [
  `a lock of ${n} years`,
  replaced([/"years":7\b/g, `"years":${n}`], [/"years":\{"constant_value":7\}/g, `"years":{"constant_value":${n}}`]),
];

const added = (type: string, after: Record<string, unknown>): Variant => [
  `one more ${type}`,
  edited((documents) => {
    const { plan, synth } = documents;
    const name = "variant";
    const change = { actions: ["create"], before: null, after, after_unknown: {} };
    plan.resource_changes.push({ ...plan.resource_changes[0]!, address: `${type}.${name}`, type, name, change });
    const expressions = Object.fromEntries(
      Object.entries(after).map(([key, value]) => [key, { constant_value: value }]),
    );
    resources(documents).push({
      ...resources(documents)[0]!,
      address: `${type}.${name}`,
      type,
      name,
      expressions,
    } as never);
    synth.resource[type] = { ...synth.resource[type], [name]: after };
  }),
];

const applied = (actions: readonly string[]): Variant => [
  `a plan of what is there already (${actions.join(", ")})`,
  edited(({ plan }) => {
    for (const { change } of plan.resource_changes)
      Object.assign(change, { actions, before: structuredClone(change.after) });
  }),
];

const VARIANTS: readonly Variant[] = [
  ["another account", replaced([/111122223333/g, "444455556666"])],
  ["another region", replaced([/eu-central-1/g, "eu-north-1"])],
  ["another region of the replicas", replaced([/eu-west-1/g, "eu-west-3"])],
  ["both regions in Asia", replaced([/eu-central-1/g, "ap-southeast-1"], [/eu-west-1/g, "ap-northeast-1"])],
  ["another prefix of names", replaced([/acme-clin/g, "trial-zone"])],
  ["a prefix with digits", replaced([/acme-clin/g, "x1-2"])],
  ["another system", replaced([/CTMS-LZ-001/g, "EDC-42"])],
  ["another owner", replaced([/clinical-data-office@example\.org/g, "biometrics@example.com"])],
  ["another change", replaced([/CHG-0001/g, "CHG-98765"])],
  ["another kind of data", replaced([/clinical-trial/g, "pharmacovigilance"])],
  ["another vendor", replaced([/lims-export/g, "lims-other"])],
  ["another deployer", replaced([/part11-deployer/g, "release/deployer"])],
  ["other names of the constructs", replaced([/Zone_/g, "Landing_"])],
  ["other names of the statements", replaced([/\\"Sid\\":\\"([A-Za-z]+)\\"/g, '\\"Sid\\":\\"$1X\\"'])],
  ["names of resources in lower case", replaced([/Zone_Raw_/g, "zone_raw_"])],
  years(8),
  years(10),
  years(15),
  years(25),
  [
    "an inbox of fourteen days",
    replaced([/"days":7\b/g, '"days":14'], [/"days":\{"constant_value":7\}/g, '"days":{"constant_value":14}']),
  ],
  [
    "TLS 1.3",
    replaced(
      [/s3:TlsVersion\\\\":\\\\"1\.2/g, 's3:TlsVersion\\\\":\\\\"1.3'],
      [/s3:TlsVersion\\":\\"1\.2/g, 's3:TlsVersion\\":\\"1.3'],
    ),
  ],
  ["resources in another order", edited(({ plan }) => void plan.resource_changes.reverse())],
  ["a configuration in another order", edited((documents) => void resources(documents).reverse())],
  ["another version of Terraform", edited(({ plan }) => Object.assign(plan, { terraform_version: "1.9.8" }))],
  ["a newer minor format", edited(({ plan }) => Object.assign(plan, { format_version: "1.3" }))],
  applied(["no-op"]),
  applied(["update"]),
  added("aws_cloudwatch_dashboard", { dashboard_name: "x", dashboard_body: "{}" }),
  added("aws_athena_named_query", { name: "x", database: "y", query: "SELECT 1" }),
  added("aws_s3_bucket_request_payment_configuration", { payer: "BucketOwner" }),
];

it("there are thirty variants, each of another name", () => {
  expect(new Set(VARIANTS.map(([name]) => name)).size).toBe(30);
});

describe("the production plan stays clean with", () => {
  it.each(VARIANTS)("%s", (_, change) => {
    const variant = change(ORIGINAL);
    expect(JSON.stringify(variant)).not.toBe(JSON.stringify(ORIGINAL));
    const { verdict, controls } = judged(variant);
    const found = controls.flatMap(({ id, status, findings }) =>
      status === "pending" ? [] : findings.map((f) => ({ id, ...f })),
    );
    expect(found.map(({ id, address, attribute, actual }) => ({ id, address, attribute, actual }))).toEqual([]);
    expect(verdict).toBe("pass");
  });
});
