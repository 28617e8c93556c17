// SPDX-License-Identifier: Apache-2.0
export { isDay, today } from "./calendar";
export { coverFindings } from "./cover";
export { isSamePerson } from "./person";
export { loadWaivers, MAX_WAIVERS_BYTES, parseWaivers } from "./waiver-file";
