// SPDX-License-Identifier: Apache-2.0
import type { Proof } from "../../prove";
import { type Challenge, expectAnswer, observe } from "../challenge";
import { told, untilProved } from "../proof";

/** A record is proved to an inspector. */
export const sftpProvedChallenges: readonly Challenge[] = [proved()];

function proved(): Challenge {
  const title = "The inspector proves a record, from the sender's manifest to the bytes that lie there now";
  return {
    step: {
      id: "OQ-sftp-proved",
      title,
      controls: ["P11-10b-01"],
      requirements: ["URS-018", "URS-019", "URS-020"],
      clauses: ["11.10(b)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "inspector role",
      action:
        "`part11 prove` of the record of OQ-sftp-promoted, with a session of the inspector role alone: lock, checksum recomputed now, ledger events, chain, mirror, CloudTrail as delivered, transfer log, replica",
      expected: "verdict: Unmodified since the sender's manifest; every link holds",
      acceptance:
        "that verdict, within one minute on the embedded AWS and twenty on AWS, whose CloudTrail delivers within about fifteen; verdict and links stand in the evidence, and the twin has another verdict",
      twin: "the same proof of an object that the writer role has put and no vendor has sent: unmodified since receipt, for no sender has stated a SHA-256",
    },
    async run(range) {
      const inspector = await range.inspector();
      const unsent = await range.put(await range.writer(), range.raw, range.freshKey("unsent"));
      const proofs: Proof[] = [];
      const seen = await expectAnswer(inspector, title, async () => {
        const { record } = await range.promotion();
        if (!record) return { ok: false, seen: "no record to prove" };
        const proof = await untilProved(range, inspector, record, "unmodified-since-manifest");
        proofs.push(proof);
        const whole = proof.links.every(({ state }) => state === "holds");
        return { ok: proof.verdict.kind === "unmodified-since-manifest" && whole, seen: told(proof) };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const proof = await untilProved(range, inspector, unsent, "unmodified-since-receipt");
        proofs.push(proof);
        return { ok: proof.verdict.kind === "unmodified-since-receipt", seen: told(proof) };
      });
      const observed = { proofs };
      return twin.result === "PASS"
        ? { ...seen, twin, observed }
        : { ...seen, twin, observed, result: "FAIL", reason: "an object that nobody sent is not told apart" };
    },
  };
}
