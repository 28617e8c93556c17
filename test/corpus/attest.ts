// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Attestation } from "../../validation/facts";
import type { Decisions } from "../../validation/gate";
import { digestOf } from "../../validation/json";
import { notesOf } from "./folders";
import { judgedFolder } from "./judged";

/** prevent_destroy stands in the configuration alone: no plan of plain Terraform shows it. */
const UNSEEN = "META-04";
const WAIVERS = "waivers.yaml";
const EXPIRES = "2027-01-31";

/** An entry for each protection from destroying that a plan cannot show; of everything else none. */
export function attestationsOf(decisions: Decisions, at: string, digest: string): readonly Attestation[] {
  const unseen = decisions.controls.find(({ id }) => id === UNSEEN)?.findings ?? [];
  return unseen
    .filter(({ status, valueDigest }) => status === "unknown" && valueDigest !== undefined)
    .map(({ address, attribute, valueDigest }, index) => ({
      kind: "attestation",
      line: index + 1,
      control: UNSEEN,
      address,
      attribute,
      valueDigest: valueDigest!,
      by: "jane.doe@example.org",
      at,
      evidence: "lifecycle blocks of the configuration, read for CHG-1042",
      digest,
      expires: EXPIRES,
    }));
}

/** SHA-256, hex, of what the attestations speak of: every .tf file of a folder, by its path. */
export function configurationDigest(folder: string): string {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tf"));
  return digestOf(Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")])));
}

/** Writes the attestations of a configuration anew: whoever runs this has read its lifecycle blocks. */
function main([folder]: readonly string[]): void {
  if (folder === undefined) throw new Error("name the folder whose lifecycle blocks you have read");
  const file = path.join(folder, WAIVERS);
  fs.rmSync(file, { force: true });
  const entries = attestationsOf(judgedFolder(folder), notesOf(folder).asOf!, configurationDigest(folder));
  const texts = entries.map(
    ({ kind: _, line: __, ...entry }) => `  - ${Object.entries(entry).map(member).join("\n    ")}\n`,
  );
  fs.writeFileSync(file, `schemaVersion: 1\nattestations:\n${texts.join("")}`);
  process.stdout.write(`${entries.length} attestations\n`);
}

// A JSON text is a YAML text, and keeps days from being read as anything else.
function member([name, value]: [string, unknown]): string {
  return `${name}: ${JSON.stringify(value)}`;
}

if (require.main === module) main(process.argv.slice(2));
