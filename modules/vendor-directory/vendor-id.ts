// SPDX-License-Identifier: Apache-2.0

/** True for what can be a vendor: a user name of Transfer has three characters or more, a role name has room for 32. */
export function isVendorId(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(text);
}

/** True for a study; `test` is the folder for trying things out. */
export function isStudyId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,31}$/.test(text) && text !== TEST_FOLDER;
}

/** Folder of a vendor's root whose files are never records. */
export const TEST_FOLDER = "test";
