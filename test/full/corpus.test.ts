// SPDX-License-Identifier: Apache-2.0
import { CORPUS, configurationsIn } from "../corpus/folders";
import { planCorpus } from "../corpus/run";

/** One configuration in so many is planned; all of them (PART11_CORPUS=1, or npm run corpus -- --check) take a quarter of an hour and more. */
const EVERY = Number(process.env.PART11_CORPUS ?? 8);

const sample = configurationsIn(CORPUS).filter((_, index) => index % EVERY === 0);

it("the stored plans are what Terraform plans now", async () => {
  expect(sample.length).toBeGreaterThan(0);
  expect(await planCorpus(sample, true)).toEqual([]);
}, 3_600_000);
