// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { ProtocolStep } from "../evidence/protocol";
import type { Challenge } from "./challenge";

/** What such a step says of itself. */
type Said = Pick<ProtocolStep, "id" | "title" | "controls" | "requirements" | "clauses" | "action" | "expected">;

/** A step of the protocol that only AWS can show, and nobody has written yet; elsewhere it is NOT RUN, by name. */
export function onAwsOnly(said: Said): Challenge {
  return {
    step: { ...said, kind: "positive", acceptance: "as expected", requires: "aws" },
    async run() {
      throw new Part11Error({
        code: "NOT_IMPLEMENTED",
        what: "step cannot be executed",
        where: said.id,
        expected: "a target profile that commits it as not run",
        got: "a request to run it",
        todo: "show it by procedure on AWS; this version has no means",
      });
    },
  };
}
