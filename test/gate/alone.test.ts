// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Evaluation, loadPolicy } from "../../validation/gate";
import { isOfAnswers } from "../../validation/gate/parts";
import { factsOf } from "../corpus/judged";
import { evaluateInOneEngine } from "./one-engine";

const STACKS = path.join(__dirname, "..", "corpus", "stacks");
const CONTROLS = loadPolicy().sidecar.controls.filter((control) => !isOfAnswers(control));

it.each(fs.readdirSync(STACKS))("on the stack %s each control answers alone as among all", (stack) => {
  const facts = factsOf(path.join(STACKS, stack));
  const together = evaluateInOneEngine(facts, CONTROLS);
  const otherwise = CONTROLS.filter(
    (control) => answers(evaluateInOneEngine(facts, [control]), control.id) !== answers(together, control.id),
  );
  expect(otherwise.map(({ id }) => id)).toEqual([]);
});

function answers({ controls }: Evaluation, id: string): string {
  return controls[id]!.answers.map((answer) => JSON.stringify(answer))
    .sort()
    .join("\n");
}
