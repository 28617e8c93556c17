// SPDX-License-Identifier: Apache-2.0
/** What verifying needs of `node:util/types`, without Node. */
export function isNativeError(value: unknown): value is Error {
  return value instanceof Error;
}
