// SPDX-License-Identifier: Apache-2.0
import { ClinicalLandingZone, type ClinicalLandingZoneProps, type ExpectedDelivery, Retention } from "../../../modules";
import { deployer, env, identity, resource, type SynthDocument, statement, synthesize, testStack } from "../synth";

/** The least that a zone of production is made of. */
export function build(overrides: Partial<ClinicalLandingZoneProps> = {}) {
  const { stack, replica } = testStack();
  const landingZone = new ClinicalLandingZone(stack, "Zone", {
    env,
    replicaRegion: "eu-west-1",
    replicaProvider: replica,
    namePrefix: "acme",
    identity: identity(),
    retention: Retention.compliance({ years: 7 }),
    administratorArns: [deployer],
    writers: [{ name: "lab", vendor: "lab", trustedBy: ["arn:aws:iam::111122223333:role/app"] }],
    inspectorTrustedBy: ["arn:aws:iam::111122223333:role/qa"],
    custodianTrustedBy: ["arn:aws:iam::111122223333:role/records"],
    highSubscribers: [{ protocol: "email", endpoint: "on-call@example.org" }],
    lowSubscribers: [{ protocol: "email", endpoint: "office@example.org" }],
    receiving: { codeBucketName: "acme-code-111122223333", deliveries: [] },
    ...overrides,
  });
  return { stack, landingZone };
}

/** The zone as built without overrides, synthesized once; every caller gets a document of its own. */
let plain: string | undefined;

export function zone(overrides: Partial<ClinicalLandingZoneProps> = {}): SynthDocument {
  if (Object.keys(overrides).length > 0) return synthesize(build(overrides).stack);
  plain ??= JSON.stringify(synthesize(build().stack));
  return JSON.parse(plain);
}

/** Who may take the role of the reader of unblinded records. */
export const READER = "arn:aws:iam::111122223333:role/statistics";

/** A randomisation list is expected. */
export const LIST: ExpectedDelivery = {
  ...{ vendor: "rand", study: "st-101", name: "list", files: "RAND_*.csv", sizeBytes: { min: 1, max: 1000 } },
  ...{ manifest: "none", sha256File: "none", finishedBy: "object", windowMinutes: 60, blinding: "unblinded" },
};

/** The zone with a randomisation list, which its statisticians read. */
export function withUnblinded(overrides: Partial<ClinicalLandingZoneProps> = {}): SynthDocument {
  const receiving = { codeBucketName: "acme-code-111122223333", deliveries: [LIST] };
  if (Object.keys(overrides).length > 0)
    return zone({ unblinded: { readersTrustedBy: [READER] }, receiving, ...overrides });
  unblinded ??= JSON.stringify(zone({ unblinded: { readersTrustedBy: [READER] }, receiving }));
  return JSON.parse(unblinded);
}
let unblinded: string | undefined;

/** Every resource of a type. */
export const all = (document: SynthDocument, type: string) => Object.values(document.resource[type]!);

/** Names of the roles that a statement of a bucket's policy does not refuse. */
export function spared(document: SynthDocument, id: string, sid: string): string[] {
  const deny = statement(resource(document, "aws_s3_bucket_policy", id).policy, sid);
  expect(deny).toMatchObject({ Effect: "Deny", Principal: "*", Action: ["s3:GetObject", "s3:GetObjectVersion"] });
  const names = deny.Condition!.ArnNotEquals!["aws:PrincipalArn"] as string[];
  return names.map((arn) => arn.replace("arn:aws:iam::111122223333:role/acme-", ""));
}
