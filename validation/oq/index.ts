// SPDX-License-Identifier: Apache-2.0
export type { Challenge, Seen } from "./challenge";
export { Range } from "./range";
export { ARRIVALS, challenges, challengesWith, oqProtocol, runOq } from "./run-oq";
export { StackState, type StateResource } from "./stack-state";
