// SPDX-License-Identifier: Apache-2.0
import { loadPolicy } from "../../validation/gate";
import { noticing } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";

const DUTIES = loadPolicy().sidecar.controls.filter(({ id }) => id === "P11-10g-01");
const [RAW, UNBLINDED] = ["raw", "unblinded"].map((part) => `arn:aws:s3:::acme-clin-${part}-111122223333/*`);

/** The golden plan, in which one policy lets its role read a second place. */
function alsoReading(part: string, from: string, also: string): Documents {
  let changed = 0;
  const documents = goldenDocuments();
  const text = JSON.stringify(documents, (key, value) => {
    if (!["policy", "constant_value"].includes(key) || typeof value !== "string" || !value.includes("ReadVersions"))
      return value;
    if (part !== roleReading(value)) return value;
    changed += 1;
    const policy = JSON.parse(value) as { Statement: { Sid: string; Resource: string | string[] }[] };
    for (const said of policy.Statement) if (said.Sid === "ReadVersions") said.Resource = [from, also];
    return JSON.stringify(policy);
  });
  if (changed === 0) throw new Error(`no policy of ${part} reads ${from}`);
  return JSON.parse(text);
}

/** The step reads raw alone, the reader what is unblinded. */
function roleReading(policy: string): string {
  if (!policy.includes("s3:GetObjectAttributes") || policy.includes("acme-clin-inbox-")) return "another";
  return policy.includes("acme-clin-unblinded-") ? "reader" : "step";
}

test("the golden plan keeps readers of unblinded and of other records apart", () => {
  expect(noticing(goldenDocuments(), DUTIES)).toEqual([]);
});

test.each([
  ["step", RAW!, UNBLINDED!],
  ["reader", UNBLINDED!, RAW!],
])("a plan in which the %s reads the other kind as well is refused", (part, from, also) => {
  expect(noticing(alsoReading(part, from, also), DUTIES)).toEqual(["P11-10g-01"]);
});

/** The golden plan with every text that matches written otherwise. */
function rewritten(pattern: RegExp, by: string): Documents {
  const text = JSON.stringify(goldenDocuments());
  if (!pattern.test(text)) throw new Error(`nothing in the golden plan matches ${pattern}`);
  return JSON.parse(text.replaceAll(pattern, by));
}

/** The golden plan, whose inbox refuses the unblinded folder to nobody in particular. */
function withoutDenial(): Documents {
  const text = JSON.stringify(goldenDocuments(), (key, value) => {
    if (!["policy", "constant_value"].includes(key) || typeof value !== "string") return value;
    if (!value.includes("DenyReadingUnblinded")) return value;
    const policy = JSON.parse(value) as { Statement: { Sid: string }[] };
    return JSON.stringify({
      ...policy,
      Statement: policy.Statement.filter(({ Sid }) => Sid !== "DenyReadingUnblinded"),
    });
  });
  return JSON.parse(text);
}

test.each([
  ["the row of the folder says blinded", () => rewritten(/(blinding\\+":\\+")unblinded/g, "$1blinded")],
  ["the inbox refuses the folder to nobody", withoutDenial],
  ["promotion may write into raw's folder", () => rewritten(/(raw-\d+\/clinical\/inbound\/raw\/)acme\//g, "$1corvid/")],
  ["bucket and copy are not tagged", () => rewritten(/"Blinding":"unblinded",?/g, "")],
])("a plan in which %s is refused, since the settings name the folder", (_, documents) => {
  expect(noticing(documents(), DUTIES)).toEqual(["P11-10g-01"]);
});

test("a plan in which the inspectors take the reader's role, too, is refused", () => {
  const inspectors = "AWSReservedSSO_QualityAssurance_0f1e2d3c4b5a6978";
  const documents = rewritten(/AWSReservedSSO_UnblindedStatistics_[0-9a-f]+/g, inspectors);
  expect(noticing(documents, DUTIES)).toEqual(["P11-10g-01"]);
});

const SCANNER = "arn:aws:iam::111122223333:role/house-scan";

/** The golden plan, whose inbox lets one more role read what is unblinded. */
function letIn(role: string): Documents {
  const text = JSON.stringify(goldenDocuments(), (key, value) => {
    if (!["policy", "constant_value"].includes(key) || typeof value !== "string") return value;
    if (!value.includes("DenyReadingUnblinded")) return value;
    const policy = JSON.parse(value) as {
      Statement: { Sid: string; Condition: { ArnNotEquals: Record<string, string | string[]> } }[];
    };
    for (const { Sid, Condition } of policy.Statement) {
      if (Sid !== "DenyReadingUnblinded") continue;
      const but = Condition.ArnNotEquals;
      but["aws:PrincipalArn"] = [but["aws:PrincipalArn"]!, role].flat();
    }
    return JSON.stringify(policy);
  });
  return JSON.parse(text);
}

test("a plan that lets a scanner look into the inbox is refused, unless the settings name it, too", () => {
  expect(noticing(letIn(SCANNER), DUTIES)).toEqual(["P11-10g-01"]);
  expect(noticing(letIn(SCANNER), DUTIES, { scannerRoleArns: [SCANNER] })).toEqual([]);
});

test("a role of the plan is no scanner, whatever the settings say", () => {
  const inspector = "arn:aws:iam::111122223333:role/acme-clin-inspector";
  expect(noticing(letIn(inspector), DUTIES, { scannerRoleArns: [inspector] })).toEqual(["P11-10g-01"]);
});

test.each([
  [
    "change promotion's code",
    "lambda:UpdateFunctionCode",
    "arn:aws:lambda:eu-central-1:111122223333:function:acme-clin-ingest",
  ],
  ["hand promotion's role to another program", "iam:PassRole", "arn:aws:iam::111122223333:role/acme-clin-ingest"],
])("a plan in which a step may %s is refused", (_, action, resource) => {
  const documents = goldenDocuments();
  let changed = 0;
  const text = JSON.stringify(documents, (key, value) => {
    if (!["policy", "constant_value"].includes(key) || typeof value !== "string") return value;
    if (!value.includes("ReadVersions") || roleReading(value) !== "step") return value;
    changed += 1;
    const policy = JSON.parse(value) as { Statement: unknown[] };
    policy.Statement.push({ Sid: "Steers", Effect: "Allow", Action: action, Resource: resource });
    return JSON.stringify(policy);
  });
  expect(changed).toBeGreaterThan(0);
  expect(noticing(JSON.parse(text), DUTIES)).toEqual(["P11-10g-01"]);
});
