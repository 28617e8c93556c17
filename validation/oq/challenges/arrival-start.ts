// SPDX-License-Identifier: Apache-2.0
import type { Challenge } from "../challenge";
import { onAwsOnly } from "../on-aws-only";

/** Processes of the house that a record starts: none exists beside the embedded AWS, and none is in its settings. */
export const arrivalStartChallenges: readonly Challenge[] = [
  onAwsOnly({
    id: "OQ-arrival-start",
    title:
      "A record starts the state machine or workflow that the settings name, and what cannot be started is kept and told of",
    controls: [],
    requirements: ["URS-025"],
    clauses: ["11.10(a)", "11.10(f)"],
    action:
      "with startOnArrival naming a Step Functions state machine and a Glue workflow: send a file that becomes a record below their prefix and one outside it; then take the right to start from the role of one rule, and send another",
    expected:
      "each process has started once or more for the version of the first record and never for the second; the third start stands in the dead-letter queue of starts with S3's event, and its alarm has rung",
  }),
];
