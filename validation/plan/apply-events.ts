// SPDX-License-Identifier: Apache-2.0

export interface ApplyFailure {
  /** Address of the resource; empty when the error belongs to none. */
  readonly address: string;
  /** Terraform's summary and detail, one line. */
  readonly message: string;
}

/** What the JSON log of `terraform apply -json` says happened. */
export interface ApplyEvents {
  /** Addresses that were applied, in the order in which they finished. */
  readonly applied: readonly string[];
  readonly failed: readonly ApplyFailure[];
}

interface LogLine {
  readonly type?: string;
  readonly hook?: { readonly resource?: { readonly addr?: string } };
  readonly diagnostic?: { severity?: string; summary?: string; detail?: string; address?: string };
}

/**
 * Reads the JSON log of an apply. A line that is no JSON is a failure of its own: the log cannot then be trusted to be whole.
 *
 * Source: Terraform, "Machine-Readable UI", format 1.2.
 */
export function applyEvents(log: string): ApplyEvents {
  const applied = new Set<string>();
  const failed: ApplyFailure[] = [];
  for (const line of log.split("\n").filter(Boolean)) {
    const entry = parse(line);
    const address = entry?.hook?.resource?.addr ?? "";
    if (!entry) failed.push({ address: "", message: `not a line of Terraform's log: ${line.slice(0, 200)}` });
    else if (entry.type === "apply_complete") applied.add(address);
    else if (entry.type === "apply_errored") {
      // The error itself follows as a diagnostic; a resource that failed after its delete step is not applied.
      applied.delete(address);
      failed.push({ address, message: "not applied" });
    } else if (entry.type === "diagnostic" && entry.diagnostic?.severity === "error") addDiagnostic(failed, entry);
  }
  return { applied: [...applied], failed };
}

/** Puts the reason where the failed resource already stands, or adds a failure. */
function addDiagnostic(failed: ApplyFailure[], { diagnostic }: LogLine): void {
  const address = diagnostic?.address ?? "";
  const message = [diagnostic?.summary, diagnostic?.detail].filter(Boolean).join(": ").replace(/\s+/g, " ");
  const at = failed.findIndex((failure) => failure.address === address && failure.message === "not applied");
  failed.splice(at < 0 ? failed.length : at, at < 0 ? 0 : 1, { address, message });
}

function parse(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
