// SPDX-License-Identifier: Apache-2.0
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
export { EVENT_RULES_ENCRYPT } from "./event-rules-encrypt";
export { logsEncrypt } from "./logs-encrypt";
