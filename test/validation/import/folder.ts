// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  type ImportOptions,
  ImportRecord,
  type ImportRequest,
  importFolder,
  type Outcome,
} from "../../../validation/import";
import type { FakeDestination } from "./fake-destination";

export const PREFIX = "clinical/inbound/raw/acme/st-101/";
export const IMPORT_ID = "0a1b2c3d-0000-4000-8000-000000000000";

/** A folder to import with a place for its record beside it. */
export class ImportedFolder {
  private readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "part11-import-")));
  readonly folder = path.join(this.root, "share");
  readonly recordFile = path.join(this.root, "import.jsonl");

  constructor(files: Readonly<Record<string, string>> = {}) {
    fs.mkdirSync(this.folder);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  }

  request(overrides: Partial<ImportRequest> = {}): ImportRequest {
    return {
      folder: this.folder,
      vendor: "acme",
      study: "st-101",
      bucket: "acme-clin-inbox",
      landing: "inbox",
      importer: "Jane Doe",
      reason: "Study closed, share is taken down",
      ...overrides,
    };
  }

  record(): ImportRecord {
    return ImportRecord.open(this.recordFile);
  }

  options(outcomes: Outcome[] = []): ImportOptions {
    return {
      sizes: { singleBytes: 64, partBytes: 16 },
      now: () => new Date("2026-11-22T12:00:00.000Z"),
      newId: () => IMPORT_ID,
      onOutcome: (outcome) => outcomes.push(outcome),
    };
  }

  /** Imports with the record as it stands on disk. */
  async import(destination: FakeDestination, overrides: Partial<ImportRequest> = {}) {
    const outcomes: Outcome[] = [];
    const finished = await importFolder(destination, this.record(), this.request(overrides), this.options(outcomes));
    return { finished, outcomes };
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true });
  }
}

/** Outcomes by path: the outcome, or the reason against it. */
export function told(outcomes: readonly Outcome[]): Record<string, string> {
  return Object.fromEntries(outcomes.map((one) => [one.path, "reason" in one ? one.reason : one.outcome]));
}
