// SPDX-License-Identifier: Apache-2.0
export type { AttributeNote } from "./attribute-lists";
export { controlledAttributes, type IqControl, rowAttributes } from "./attributes";
export type { IqInputs, IqProfile } from "./inputs";
export { type LiveClientConfig, type LiveConnection, type ServiceClients, serviceClients } from "./live/clients";
export { LIVE_TYPES } from "./live/registry";
export { iqCommitments, iqProtocol } from "./protocol";
export { type IqRun, runIq } from "./run";
