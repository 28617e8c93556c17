// SPDX-License-Identifier: Apache-2.0
import type { Challenge } from "../challenge";
import { onAwsOnly } from "../on-aws-only";

/** Senders of others: no target of this release runs such a product, or issues sessions for certificates. */
export const pushAgentsChallenges: readonly Challenge[] = [
  onAwsOnly({
    id: "OQ-push-mft-agent",
    title: "What a file transfer server of the house sends by its own S3 connector arrives whole and becomes a record",
    controls: [],
    requirements: ["URS-006", "URS-019"],
    clauses: ["11.10(a)", "11.10(d)", "11.10(h)"],
    action:
      "set the product up by the output Instructions of the stack; send a file by its connector from a network that its sender names in the settings; send again from another network; with the connector try to read the file back and to delete it",
    expected:
      "the first file has RECEIVED with the SHA-256 of the product's own log or of the source, and PROMOTED; the second attempt, the reading and the deleting are refused, and each stands in the trail",
  }),
  onAwsOnly({
    id: "OQ-push-roles-anywhere",
    title: "A machine outside AWS sends with its certificate by IAM Roles Anywhere, and no other certificate is let in",
    controls: [],
    requirements: ["URS-006"],
    clauses: ["11.10(d)", "11.300(b)", "11.300(c)"],
    action:
      "as the machine, take a session of the sender's role with the certificate that the settings name, and put a file below its prefix; then ask for a session with a certificate of the same authority and another common name, with one of another authority, and with the machine's own after it was revoked",
    expected:
      "the file is received and promoted; none of the three other certificates gets a session, and each attempt stands in the trail",
  }),
];
