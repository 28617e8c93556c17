// SPDX-License-Identifier: Apache-2.0
export type { KmsKeys, KmsPublicKey } from "./kms-keys";
export { kmsSealKey } from "./kms-seal-key";
