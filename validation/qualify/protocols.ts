// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Commitments, Protocol, ProtocolIssue } from "../evidence";
import { loadPolicy } from "../gate";
import { type IqInputs, iqProtocol } from "../iq";
import { ARRIVALS, challengesWith, oqProtocol } from "../oq";
import { EmulatorTarget } from "../target/emulator-target";
import { withInterrupt } from "../toolchain";
import { iqInputs, type PlanningOptions, withPlans } from "./plans";
import { commitmentsOf, iqProfile } from "./profile";

/** What the journal calls the system of our stacks, and the environment that is applied. */
export const SUBJECT = { system: "clinical-landing-zone", environment: "qualification" } as const;

/** The protocols of a run, in the order of execution. @param arrivals files that OQ-arrivals-bulk sends */
export function protocolsOf(iq: IqInputs, target: string, arrivals: number = ARRIVALS): readonly Protocol[] {
  return [iqProtocol(iq), oqProtocol(target, challengesWith(arrivals))];
}

export interface IssueOptions extends PlanningOptions {
  /** As `qualify` is going to have it. */
  readonly arrivals?: number | undefined;
  readonly version: string;
  /** Why there is this version. */
  readonly reason: string;
}

/** Protocols that were issued, and what their target commits. */
export interface IssuedProtocols {
  readonly protocols: readonly Protocol[];
  readonly commitments: Commitments;
}

/**
 * The protocols that `qualify` would execute of these sources with these tools, as one issue. It plans as a run plans, and
 * applies nothing.
 *
 * @throws as `qualify` before it writes a bundle
 */
export async function issueProtocols(options: IssueOptions): Promise<IssuedProtocols> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    return await withInterrupt((signal) =>
      withPlans(options, scratch, signal, async (emulator, { zone, profile }) => {
        const { name, kind } = new EmulatorTarget(emulator);
        const iq = iqInputs(zone, loadPolicy(), iqProfile(profile, name));
        const { version, reason, arrivals } = options;
        const issuedAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
        return {
          protocols: issued(protocolsOf(iq, name, arrivals), { version, issuedAt, reason }),
          commitments: commitmentsOf(profile, { name, kind }, iq),
        };
      }),
    );
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** Protocols as they stand in an issue. */
export function issued(protocols: readonly Protocol[], issue: ProtocolIssue): readonly Protocol[] {
  return protocols.map((protocol) => ({ ...protocol, issue }));
}
