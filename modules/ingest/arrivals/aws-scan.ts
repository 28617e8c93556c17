// SPDX-License-Identifier: Apache-2.0
import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import type { ObjectVersion } from "../../ledger/entry";
import type { Scan, Verdict } from "./ports";

/** Longest text of a scanner that is recorded. */
const MOST_LETTERS = 500;

/**
 * A Lambda function that scans. It is given `{"bucket", "key", "versionId", "bytes", "sha256"}`, reads the version with a role of
 * its own, and answers `{"versionId", "verdict": "CLEAN" | "REFUSED", "reason"}`. Anything else, an answer about another
 * version and an error are no verdict.
 */
export class LambdaScan implements Scan {
  constructor(
    private readonly lambda: LambdaClient,
    private readonly functionArn: string,
  ) {}

  async look(version: ObjectVersion, content: { readonly bytes: number; readonly sha256: string }): Promise<Verdict> {
    const { bucket, key, versionId } = version;
    const asked = JSON.stringify({ bucket, key, versionId, ...content });
    try {
      const { Payload, FunctionError } = await this.lambda.send(
        new InvokeCommand({ FunctionName: this.functionArn, InvocationType: "RequestResponse", Payload: asked }),
      );
      if (FunctionError !== undefined) return unknown(`the scan failed: ${FunctionError}`);
      return verdictIn(Buffer.from(Payload ?? []).toString("utf8"), versionId);
    } catch (error) {
      return unknown(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
  }
}

function verdictIn(text: string, versionId: string): Verdict {
  let said: { readonly versionId?: unknown; readonly verdict?: unknown; readonly reason?: unknown } | null;
  try {
    said = JSON.parse(text);
  } catch {
    return unknown("the scan answered no JSON");
  }
  if (typeof said !== "object" || said === null) return unknown("the scan answered no object");
  if (said.versionId !== versionId) return unknown("the scan answered about another version");
  if (said.verdict === "CLEAN") return { verdict: "CLEAN" };
  if (said.verdict !== "REFUSED") return unknown(`the scan answered ${JSON.stringify(said.verdict)}`);
  return {
    verdict: "REFUSED",
    reason: plain(typeof said.reason === "string" && said.reason ? said.reason : "refused"),
  };
}

function unknown(reason: string): Verdict {
  return { verdict: "UNKNOWN", reason: plain(reason) };
}

/** What the ledger can hold: half a character has no bytes. */
function plain(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .slice(0, MOST_LETTERS)
    .replace(/\p{Surrogate}/gu, "\ufffd");
}
