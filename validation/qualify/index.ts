// SPDX-License-Identifier: Apache-2.0
export { type Approved, readApproved } from "./approved";
export { chainAfter } from "./chain-after";
export { systemOf, type ToldFolder } from "./dir/given";
export { qualifyFolder } from "./dir/qualify-dir";
export { type Before, readEarlier } from "./earlier-attempt";
export { refuseOnAws } from "./on-aws";
export { type IssuedProtocols, issueProtocols, SUBJECT } from "./protocols";
export { type Qualification, type QualifyOptions, qualify } from "./qualify";
export { issueReadOnlyProtocols } from "./read-only/issue";
export { qualifyReadOnly } from "./read-only/read-only";
export { sourceRevision } from "./tool-versions";
