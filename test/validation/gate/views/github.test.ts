// SPDX-License-Identifier: Apache-2.0
import { render } from "../../../../validation/gate";
import { FAILED, PASSED } from "./sample";

const lines = (view: string) => view.split("\n").filter((line) => /^::(error|warning|notice)/.test(line));

test("the verdict is the first annotation, then what fails the gate, what is in doubt, and what is set aside", () => {
  const view = render("github", FAILED, { places: () => ({ file: "cdk.tf.json", line: 7 }) });
  expect(lines(view).map((line) => line.slice(0, 60))).toEqual([
    "::error title=part11 gate%3A fail%2C production::7 controls:",
    "::error file=cdk.tf.json,line=7,title=P11-10c-02 Lock mode::",
    "::warning file=cdk.tf.json,line=7,title=P11-30-01 Doubted::u",
    "::notice file=cdk.tf.json,line=7,title=P11-10f-01 Awaited::f",
    "::notice file=cdk.tf.json,line=7,title=P11-10k-01 Waived::fa",
  ]);
});

test("a pass is one notice", () => {
  expect(lines(render("github", PASSED))).toEqual([
    "::notice title=part11 gate%3A pass%2C production::1 controls: 1 pass; 3 resources judged; target aws",
  ]);
});
