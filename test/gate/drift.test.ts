// SPDX-License-Identifier: Apache-2.0
import { judged } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";

const LOCK = "aws_s3_bucket_object_lock_configuration";

/** The golden plan as it would be after somebody changed or deleted the lock of raw by hand. */
function drifted(actions: readonly string[], found: (planned: object) => object | null): Documents {
  const documents = JSON.parse(JSON.stringify(goldenDocuments()));
  const [lock] = documents.plan.resource_changes.filter(
    ({ type, address }: { type: string; address: string }) => type === LOCK && address.includes("Zone_Raw_"),
  );
  const before = lock.change.after;
  documents.plan.resource_drift = [{ ...lock, change: { actions, before, after: found(before) } }];
  return documents;
}

const governance = (planned: object) => JSON.parse(JSON.stringify(planned).replace("COMPLIANCE", "GOVERNANCE"));

function found(documents: Documents): readonly string[] {
  const { verdict, controls } = judged(documents);
  return [
    verdict,
    ...controls.flatMap(({ id, findings }) =>
      findings.map(({ status, attribute, actual }) => `${id} ${status} ${attribute}: ${actual}`),
    ),
  ];
}

test("a plan that sets back a lock that somebody weakened by hand is refused until the repair is approved", () => {
  expect(found(drifted(["update"], governance))).toEqual(["fail", "META-03 fail drift: changed: rule"]);
});

test("a plan that makes a lock again that somebody deleted by hand is refused until the repair is approved", () => {
  expect(found(drifted(["delete"], () => null))).toEqual(["fail", "META-03 fail drift: deleted"]);
});

test("a plan after which the lock is as it was found tells of no drift", () => {
  expect(found(drifted(["update"], (planned) => planned))).toEqual(["pass"]);
});
