// SPDX-License-Identifier: Apache-2.0
export type { Looked, ProofFacts } from "./facts";
export { gather } from "./gather";
export { judge, type Proof, type Verdict, type VerdictKind } from "./judge/proof";
export { type Names, namesOf } from "./names";
export type { Readers } from "./readers";
export { parseSubject, type Subject } from "./subject";
export { proofPage } from "./views/page";
export { proofText } from "./views/text";
