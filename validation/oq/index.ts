// SPDX-License-Identifier: Apache-2.0
export type { Challenge, Seen } from "./challenge";
export { chosenChallenges, chosenProtocol, subjectsOf } from "./chosen/choose";
export { Site } from "./chosen/site";
export type { Subjects } from "./chosen/subjects";
export { Range } from "./range";
export { ARRIVALS, challenges, challengesWith, oqProtocol, runOq } from "./run-oq";
export { StackState, type StateResource } from "./stack-state";
