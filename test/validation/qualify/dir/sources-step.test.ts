// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Bundle, Protocol } from "../../../../validation/evidence";
import { sourcesOf } from "../../../../validation/plan";
import { executeSources, withSources } from "../../../../validation/qualify/dir/sources-step";

const IQ: Protocol = {
  schemaVersion: 1,
  id: "IQ",
  kind: "IQ",
  title: "Installation qualification of a",
  target: "t",
  steps: [],
};

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-sources-"));
  fs.writeFileSync(path.join(dir, "main.tf"), "# one\n");
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

function finished(): { readonly result: string; readonly actual: string } {
  const planned = sourcesOf(dir);
  return after(planned);
}

function after(planned: ReturnType<typeof sourcesOf>) {
  const entries: Array<{ result: string; actual: string }> = [];
  const journal = { append: (type: string, body: never) => type === "step-finished" && entries.push(body) };
  executeSources(
    { journal, addJson: (file: string) => ({ path: file, sha256: "", size: 0 }) } as unknown as Bundle,
    "IQ",
    dir,
    planned,
  );
  return entries[0]!;
}

it("names each file by its SHA-256, and says whose stack it is", () => {
  const { title, steps } = withSources(IQ, sourcesOf(dir));
  expect(title).toBe("Installation qualification of a, a stack that these modules did not make");
  expect(steps[0]!.expected).toContain(`${sourcesOf(dir)[0]!.sha256}  main.tf`);
});

it("passes a folder that stayed as it was planned", () => {
  expect(finished().result).toBe("PASS");
});

it.each<[string, (file: string) => void, string]>([
  ["is another", (file) => fs.writeFileSync(file, "# two\n"), "main.tf is another"],
  ["was added", (file) => fs.writeFileSync(`${file}vars`, ""), "main.tfvars was added"],
  [
    "is missing",
    (file) => fs.renameSync(file, path.join(path.dirname(file), "other.tf")),
    "main.tf is missing; other.tf was added",
  ],
])("fails when a file %s", (_, change, actual) => {
  const planned = sourcesOf(dir);
  change(path.join(dir, "main.tf"));
  expect(after(planned)).toMatchObject({ result: "FAIL", actual });
});
