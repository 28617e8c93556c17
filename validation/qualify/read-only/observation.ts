// SPDX-License-Identifier: Apache-2.0
import type { ProtocolStep } from "../../evidence";
import type { ServiceClients } from "../../iq";
import type { Seen, StackState } from "../../oq";

/** What a step that only reads is given. */
export interface Reader {
  /** ARN of the caller. */
  readonly arn: string;
  /** Clients of a region that let through only what reads. */
  readonly clients: (region: string) => ServiceClients;
  /** Of the default provider. */
  readonly region: string;
  readonly zone: StackState;
  readonly now: () => Date;
}

/** A step of the operational qualification that looks at what the installed system has done, and changes nothing. */
export interface Observation {
  readonly step: ProtocolStep;
  run(reader: Reader): Promise<Seen>;
}

/** What every such step says of who makes its calls. */
export const CALLER = "caller of the run, as STS names it";
