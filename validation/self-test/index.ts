// SPDX-License-Identifier: Apache-2.0
export { CASES } from "./cases";
export { HARNESS, type Harness } from "./harness";
export type { SelfTestRecord } from "./record";
export { recordText } from "./record-text";
export { selfTest } from "./self-test";
