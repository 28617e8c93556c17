// SPDX-License-Identifier: Apache-2.0
import { loadPolicy } from "../../validation/gate";
import { noticing } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";

/** Keys of the three vendors of the golden plan, as their rows say. */
const KEYS = {
  acme: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEgHJ/WajafexUU9HuPuX79eQhRYUaTpaECgayUFPtgh",
  borealis: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhrhGMWakz+1cYNL/W6EjgG+GeDWLYhpLcWmriuaQbv",
};
const SHORT = `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${"C".repeat(340)}`;
const ONE_KEY = loadPolicy().sidecar.controls.filter(({ id }) => id === "P11-10d-14");

/** The golden plan with a text of its rows written otherwise. */
function rewritten(from: string, to: string): Documents {
  const text = JSON.stringify(goldenDocuments());
  if (!text.includes(from)) throw new Error(`nothing in the golden plan says ${from}`);
  return JSON.parse(text.replaceAll(from, to));
}

type Resource = { address: string; name: string } & Record<string, unknown>;

/** The golden plan with a copy of acme's row, its text changed, under a name that the module does not give. */
function withRow(change: (row: string) => string): Documents {
  const documents = goldenDocuments();
  const { plan, synth } = documents as unknown as {
    plan: { resource_changes: Resource[]; configuration: { root_module: { resources: Resource[] } } };
    synth: { resource: { aws_dynamodb_table_item: Record<string, object> } };
  };
  for (const all of [plan.resource_changes, plan.configuration.root_module.resources]) {
    const row = all.find(
      ({ address, ...said }) => /Vendors_Key/.test(address) && JSON.stringify(said).includes(KEYS.acme),
    )!;
    all.push(JSON.parse(change(JSON.stringify(row).replaceAll(row.name, "beside"))));
  }
  const rows = synth.resource.aws_dynamodb_table_item;
  const [, written] = Object.entries(rows).find(([, row]) => JSON.stringify(row).includes(KEYS.acme))!;
  rows.beside = JSON.parse(change(JSON.stringify(written)));
  return documents;
}

const ofAnother = (row: string) => row.replaceAll('\\"acme\\"', '\\"zeta\\"');

test("in the golden plan every key is of one vendor", () => {
  expect(noticing(goldenDocuments(), ONE_KEY)).toEqual([]);
});

test.each([
  ["two vendors have the same key", () => rewritten(KEYS.borealis, KEYS.acme)],
  ["a vendor's key is too short", () => rewritten(KEYS.borealis, SHORT)],
  ["a row beside the module's gives a vendor's key to another one", () => withRow(ofAnother)],
])("a plan in which %s is refused", (_, documents) => {
  expect(noticing(documents(), ONE_KEY)).toEqual(["P11-10d-14"]);
});

test("a row beside the module's that gives a vendor its own key again is let through", () => {
  expect(
    noticing(
      withRow((row) => row),
      ONE_KEY,
    ),
  ).toEqual([]);
});
