// SPDX-License-Identifier: Apache-2.0
import { checkov } from "./checkov";
import { conftest } from "./conftest";
import { opa } from "./opa";
import type { Judged, Limit, NotRun, Peer, Ran } from "./peer";

export type { Judged, Limit } from "./peer";

/** Seconds after which a peer is stopped; a larger plan is then not asked of it. */
const PATIENCE: ReadonlyMap<Peer, number> = new Map([
  [opa, 120],
  [checkov, 60],
  [conftest, 60],
]);

/** What the peers do with plans of growing size. */
export class Peers {
  private readonly given = new Map<Peer, NotRun>();

  /** Every peer on one plan: a line each for `print`, and the limits that it measured. */
  async judge(judged: Judged, print: (line: string) => void): Promise<readonly Limit[]> {
    const limits: Limit[] = [];
    for (const [peer, patience] of PATIENCE) {
      const ran = await this.judgeBy(peer, judged, patience);
      print(`  ${peer.name.padEnd(11)} ${described(ran)}`);
      if (!("notRun" in ran)) limits.push(...(ran.limits ?? []));
    }
    return limits;
  }

  private async judgeBy(peer: Peer, judged: Judged, patience: number): Promise<Ran | NotRun> {
    const gaveUp = this.given.get(peer);
    if (gaveUp) return gaveUp;
    const program = await peer.locate();
    if (typeof program !== "string") return program;
    const ran = await peer.run(program, judged, patience);
    if (ran.stopped) {
      this.given.set(peer, { notRun: `stopped after ${patience} s of ${judged.plan.resources} resources` });
    }
    return ran;
  }
}

function described(ran: Ran | NotRun): string {
  if ("notRun" in ran) return `NOT RUN: ${ran.notRun}`;
  return `${ran.stopped ? "stopped after " : ""}${ran.seconds.toFixed(2)} s, ${ran.said}`;
}
