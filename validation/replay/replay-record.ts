// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { Part11Error } from "../error";
import { canonicalJson } from "../json";

/** One line of the record: which message was sent again, by whom and why. */
export interface ReplayEntry {
  readonly schemaVersion: 1;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** `sending` stands before the message is sent, so that nothing is sent that is not recorded. */
  readonly action: "sending" | "moved" | "failed";
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly bodySha256: string;
  readonly about: string;
  readonly by: string;
  readonly reason: string;
  /** ARN that AWS knew the caller by. */
  readonly caller: string;
}

/** Who sent which messages again and why: a file of JSON lines that is only ever added to, each line on disk before the next step. */
export class ReplayRecord {
  private constructor(private readonly descriptor: number) {}

  /** @throws OUT_NOT_WRITABLE */
  static open(file: string): ReplayRecord {
    try {
      return new ReplayRecord(fs.openSync(file, "a"));
    } catch (cause) {
      throw new Part11Error(
        {
          code: "OUT_NOT_WRITABLE",
          what: "record not writable",
          where: file,
          expected: "a file that can be added to",
          got: (cause as NodeJS.ErrnoException).code ?? String(cause),
          todo: "name another file with --record",
        },
        { cause },
      );
    }
  }

  add(entry: ReplayEntry): void {
    fs.writeSync(this.descriptor, `${canonicalJson(entry)}\n`);
    fs.fsyncSync(this.descriptor);
  }

  close(): void {
    fs.closeSync(this.descriptor);
  }
}
