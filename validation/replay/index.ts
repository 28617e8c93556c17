// SPDX-License-Identifier: Apache-2.0
export { describe } from "./describe";
export { type Queues, type ReplayOutcome, type ReplayRequest, type ReplayResult, replay, type Waiting } from "./replay";
export { ReplayRecord } from "./replay-record";
