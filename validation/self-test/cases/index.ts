// SPDX-License-Identifier: Apache-2.0
import type { SelfTestCase } from "../case";
import { BUNDLE_CASES } from "./bundle";
import { CONCLUSION_CASES } from "./conclusion";
import { DEVIATION_CASES } from "./deviations";
import { GATE_CASES } from "./gate";
import { INSTALLATION_CASES } from "./installation";
import { JOURNAL_CASES } from "./journal";
import { LEDGER_CASES } from "./ledger";
import { OPERATION_CASES } from "./operation";
import { REQUALIFICATION_CASES } from "./requalification";
import { WAIVER_CASES } from "./waivers";

/** Every case, in the order of the way of the data: from the plan to the bundle, what people say of it and what comes after. */
export const CASES: readonly SelfTestCase[] = [
  ...GATE_CASES,
  ...WAIVER_CASES,
  ...INSTALLATION_CASES,
  ...OPERATION_CASES,
  ...JOURNAL_CASES,
  ...CONCLUSION_CASES,
  ...BUNDLE_CASES,
  ...DEVIATION_CASES,
  ...LEDGER_CASES,
  ...REQUALIFICATION_CASES,
];
