// SPDX-License-Identifier: Apache-2.0
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
export { logsEncrypt } from "./logs-encrypt";
