// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { assertProtocol } from "../../../validation/evidence";
import { loadSidecar } from "../../../validation/gate";
import { loadCrosswalk } from "../../../validation/gate/crosswalk";
import { challenges, challengesWith, oqProtocol } from "../../../validation/oq";
import { packageRoot } from "../../../validation/package-root";

const controls = loadSidecar().sidecar.controls;
const profile = JSON.parse(
  fs.readFileSync(path.join(packageRoot(), "validation", "target", "emulator", "profile.json"), "utf8"),
) as { notRun: Array<{ step: string }> };

/** Every step that the landing zone must be challenged with, on every target. */
const AT_LEAST = [
  "OQ-lock-delete-version",
  "OQ-lock-delete-bypass",
  "OQ-lock-delete-batch",
  "OQ-lock-shorten",
  "OQ-lock-downgrade",
  "OQ-lock-extend",
  "OQ-lock-plain-delete",
  "OQ-lock-overwrite",
  "OQ-lock-suspend-versioning",
  "OQ-write-plain-http",
  "OQ-write-other-key",
  "OQ-write-outside-prefix",
  "OQ-write-get",
  "OQ-write-list",
  "OQ-write-unhashed",
  "OQ-access-public-policy",
  "OQ-replica-arrives",
  "OQ-trail-stop",
  "OQ-trail-delete",
  "OQ-alarm-root-use",
  "OQ-sftp-ls-outside",
  "OQ-sftp-promoted",
  "OQ-sftp-proved",
  "OQ-arrival-told",
  "OQ-ledger-update",
  "OQ-ledger-delete",
  "OQ-ledger-overwrite",
  "OQ-odd-names",
  "OQ-odd-refused",
  "OQ-odd-repeated",
  "OQ-arrivals-bulk",
  "OQ-unblinded-promoted",
  "OQ-unblinded-inspector",
  "OQ-unblinded-every-right",
  "OQ-unblinded-inbox",
  "OQ-unblinded-reader",
  "OQ-unblinded-proved",
  "OQ-unblinded-told",
  "OQ-push-promoted",
  "OQ-push-get",
  "OQ-push-delete",
  "OQ-push-outside-prefix",
  "OQ-push-unhashed",
  "OQ-sftp-two-components",
  "OQ-sftp-wrong-password",
  "OQ-sftp-key-without-password",
  "OQ-sftp-password-without-key",
  "OQ-vendor-added",
  "OQ-vendor-key-rotated",
  "OQ-delivery-overdue",
  "OQ-delivery-findings",
  "OQ-delivery-unhashed",
  "OQ-delivery-mismatch",
  "OQ-upload-cut-off",
  "OQ-poison-dead-letter",
  "OQ-poison-replayed",
  "OQ-scan-refused",
  "OQ-scan-fails",
  "OQ-sftp-mkdir",
  "OQ-ledger-root",
  "OQ-reconciliation-unledgered",
  "OQ-reconciliation-missing",
  "OQ-log-archive",
  "OQ-alarm-sftp-auth-failure",
  "OQ-alarm-sftp-rejected",
  "OQ-restore-ledger",
  "OQ-restore-role",
];

test("the protocol holds to its schema, with unique step ids", () => {
  expect(() => assertProtocol(oqProtocol("a target"), "oq")).not.toThrow();
});

test("every challenge that must be there is there, and none of them is left to another target", () => {
  const steps = new Map(challenges.map(({ step }) => [step.id, step]));
  expect(AT_LEAST.filter((id) => !steps.has(id))).toEqual([]);
  expect(AT_LEAST.filter((id) => steps.get(id)!.requires !== undefined)).toEqual([]);
});

test("the steps by which the catalogue says that a control is shown on the installed system are there", () => {
  const steps = challenges.map(({ step }) => step.id);
  const named = loadCrosswalk().outside.flatMap(({ verified_by = [] }) => verified_by);
  expect(named).toEqual(["OQ-sftp-other-address", "OQ-sftp-disabled"]);
  expect(named.filter((id) => !steps.includes(id))).toEqual([]);
});

test("a step by which the catalogue says that a control is shown live cites the control's clauses", () => {
  const cited = new Map(challenges.map(({ step }) => [step.id, step.clauses]));
  const uncited = loadCrosswalk().outside.flatMap(({ id, clauses, verified_by = [] }) =>
    verified_by.flatMap((step) =>
      clauses.filter((clause) => !cited.get(step)?.includes(clause)).map((c) => [id, step, c]),
    ),
  );
  expect(uncited).toEqual([]);
});

test("how many files arrive at once stands in the protocol", () => {
  const { steps } = oqProtocol("a target", challengesWith(1234));
  expect(steps.find(({ id }) => id === "OQ-arrivals-bulk")?.acceptance).toMatch(
    /^1234 of 1234, none missing, none twice/,
  );
});

test("the installed system is read before the first challenge and after the last", () => {
  const ids = challenges.map(({ step }) => step.id);
  expect([ids[0], ids.at(-1)]).toEqual(["OQ-as-found", "OQ-as-left"]);
});

test("every negative step names the layer that must refuse, its twin and its mutant", () => {
  const incomplete = challenges.filter(
    ({ step }) => step.kind === "negative" && !(step.layer && step.twin && step.mutant && step.principal),
  );
  expect(incomplete.map(({ step }) => step.id)).toEqual([]);
});

test("the profile leaves out exactly the steps that require AWS", () => {
  const onAws = challenges.filter(({ step }) => step.requires === "aws").map(({ step }) => step.id);
  expect(profile.notRun.map(({ step }) => step)).toEqual(onAws);
});

test("controls and challenges name each other", () => {
  const fromControls = controls.flatMap(({ id, verified_by }) =>
    verified_by.filter((step) => step.startsWith("OQ-")).map((step) => `${id} ${step}`),
  );
  const fromSteps = challenges.flatMap(({ step }) => step.controls.map((id) => `${id} ${step.id}`));
  expect(fromControls.sort()).toEqual(fromSteps.sort());
});
