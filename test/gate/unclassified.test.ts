// SPDX-License-Identifier: Apache-2.0
import { judged } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";

/** The golden plan with one more bucket that has every tag of a record but none that says what it is for. */
function withStranger(tags: Readonly<Record<string, string>>): Documents {
  const documents = JSON.parse(JSON.stringify(goldenDocuments()));
  const [type, name] = ["aws_s3_bucket", "Stranger"];
  const { plan, synth } = documents;
  const config = plan.configuration.root_module.resources.find((one: { type: string }) => one.type === type);
  const [own] = plan.resource_changes.filter((one: { type: string }) => one.type === type);
  const address = `${type}.${name}`;
  const after = { bucket: "acme-clin-stranger", tags, tags_all: tags, force_destroy: false };
  plan.resource_changes.push({ ...own, address, name, change: { ...own.change, after, after_unknown: { id: true } } });
  plan.configuration.root_module.resources.push({
    ...{ address, mode: "managed", type, name, provider_config_key: config.provider_config_key },
    ...{ expressions: { bucket: { constant_value: after.bucket }, tags: { constant_value: tags } }, schema_version: 0 },
  });
  synth.resource[type][name] = { bucket: after.bucket, tags };
  return documents;
}

const TAGS = {
  ...{ SystemId: "LZ-1", Owner: "data-office", ChangeRef: "CHG-1", Environment: "production" },
  ...{ GxP: "true", DataType: "clinical-trial", RecordClass: "clinical-raw", Retention: "7 years" },
};

const meta06 = (documents: Documents) =>
  judged(documents)
    .controls.find(({ id }) => id === "META-06")!
    .findings.map(({ address, severity, expected }) => ({ address, severity, expected }));

test("a bucket tagged as of records, of which nobody says what it is for, is refused", () => {
  expect(meta06(withStranger(TAGS))).toEqual([
    {
      address: "aws_s3_bucket.Stranger",
      severity: "high",
      expected: "BucketRole, or an entry below buckets in part11.yaml,",
    },
  ]);
});

test("a bucket of which a tag says that it holds no records is not", () => {
  expect(meta06(withStranger({ ...TAGS, BucketRole: "other" }))).toEqual([]);
});
