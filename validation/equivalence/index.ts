// SPDX-License-Identifier: Apache-2.0
export {
  type Equivalence,
  type EquivalenceCode,
  type EquivalenceInputs,
  type EquivalenceProblem,
  equivalenceOf,
} from "./equivalence";
export { equivalenceText } from "./equivalence-text";
export type { Parameter, Parameters } from "./parameter";
export { loadParameters, parseParameters } from "./parameters-file";
