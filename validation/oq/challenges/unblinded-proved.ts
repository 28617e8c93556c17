// SPDX-License-Identifier: Apache-2.0
import type { Proof } from "../../prove";
import { type Challenge, expectAnswer, observe } from "../challenge";
import { told, untilProved } from "../proof";

/** An unblinded record is proved by who may read it. */
export const unblindedProvedChallenges: readonly Challenge[] = [proved()];

function proved(): Challenge {
  const title = "The reader of unblinded records proves one, and the inspector does not";
  return {
    step: {
      id: "OQ-unblinded-proved",
      title,
      controls: [],
      requirements: ["URS-019", "URS-020"],
      clauses: ["11.10(b)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "reader role of unblinded records",
      action:
        "`part11 prove` of the record of OQ-unblinded-promoted, with a session of the reader role alone: lock, checksum recomputed now, ledger events, chain, mirror, CloudTrail as delivered, transfer log, replica",
      expected:
        "verdict: Unmodified since receipt, for its sender has stated no SHA-256; every link that applies holds",
      acceptance:
        "that verdict, within one minute on the embedded AWS and twenty on AWS, whose CloudTrail delivers within about fifteen; verdict and links stand in the evidence, and the twin has another verdict",
      twin: "the same proof by the inspector ends with what could not be looked at, the checksum among it",
    },
    async run(range) {
      const [reader, inspector] = [await range.unblindedReader(), await range.inspector()];
      const { record } = await range.unblindedPromotion();
      if (!record) return { result: "FAIL", actual: "no record to prove", reason: "not as the protocol expects" };
      const proofs: Proof[] = [];
      const seen = await expectAnswer(reader, title, async () => {
        const proof = await untilProved(range, reader, record, "unmodified-since-receipt");
        proofs.push(proof);
        const whole = proof.links.every(({ state }) => state === "holds" || state === "not-applicable");
        return { ok: proof.verdict.kind === "unmodified-since-receipt" && whole, seen: told(proof) };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const proof = await untilProved(range, inspector, record, "not-looked-at");
        proofs.push(proof);
        const bytes = proof.links.find(({ id }) => id === "bytes")?.state;
        return { ok: proof.verdict.kind === "not-looked-at" && bytes === "not-looked-at", seen: told(proof) };
      });
      const observed = { proofs };
      return twin.result === "PASS"
        ? { ...seen, twin, observed }
        : { ...seen, twin, observed, result: "FAIL", reason: "who may not read it proves it as well" };
    },
  };
}
