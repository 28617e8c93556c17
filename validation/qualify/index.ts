// SPDX-License-Identifier: Apache-2.0
export { type Qualification, type QualifyOptions, qualify } from "./qualify";
