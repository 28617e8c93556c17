// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../../../validation/json";
import { OPA_VERSION } from "../../../validation/toolchain";
import type { Noticed } from "./batch";
import { importedBy, POLICIES, type Policies } from "./folders";
import type { Mutant } from "./mutants";

interface Line {
  readonly id: string;
  /** Null for a mutant that nobody noticed. */
  readonly noticed: Noticed | null;
  /** Of everything that the answer depends on. */
  readonly digest: string;
}

/** What earlier runs found, by the digest of the mutant and of all that was asked about it. */
export class RunRecord {
  private readonly lines = new Map<string, Line>();
  private readonly data = sha256Hex(fs.readFileSync(path.join(POLICIES, "data.json"), "utf8"));

  /** @param file made when the first answer is noted */
  constructor(
    private readonly file: string,
    private readonly policies: Policies,
  ) {
    if (!fs.existsSync(file)) return;
    const text = fs.readFileSync(file, "utf8");
    // A run that was killed leaves half a line, and the next one would stand behind it.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    fs.truncateSync(file, Buffer.byteLength(whole));
    for (const line of whole
      .split("\n")
      .slice(0, -1)
      .map((one): Line => JSON.parse(one)))
      this.lines.set(line.id, line);
  }

  /** Null: nobody notices it; undefined: it must be tried. */
  of(mutant: Mutant): Noticed | null | undefined {
    const line = this.lines.get(mutant.id);
    return line && line.digest === this.digest(mutant, line.noticed) ? line.noticed : undefined;
  }

  note(mutant: Mutant, noticed: Noticed | null): void {
    const line: Line = { id: mutant.id, noticed, digest: this.digest(mutant, noticed) };
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.appendFileSync(this.file, `${JSON.stringify(line)}\n`);
    this.lines.set(mutant.id, line);
  }

  private digest({ text, values, folder }: Mutant, noticed: Noticed | null): string {
    const witness = noticed === null ? undefined : this.policies.get(noticed.folder);
    const read = witness
      ? [witness, folder, ...importedBy([witness, folder], this.policies)]
      : [...this.policies.values()];
    const digests = [...new Set(read.map((one) => one.digest))].sort();
    return sha256Hex(JSON.stringify([OPA_VERSION, text, values ?? null, this.data, digests]));
  }
}
