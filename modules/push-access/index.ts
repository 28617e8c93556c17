// SPDX-License-Identifier: Apache-2.0
export type { SenderNetwork } from "./conditions";
export type { DataSyncPush, DataSyncSender } from "./data-sync";
export { PushAccess, type PushAccessProps } from "./push-access";
export type { ApplicationSender, BatchSender, MftProduct, MftSender, Sender } from "./sender";
export type { SenderTrust } from "./trust";
