// SPDX-License-Identifier: Apache-2.0
export { parseSshKey, type SshKey } from "./ssh-key";
export type { Vendor, VendorKey, VendorStudy } from "./vendor";
export { VendorDirectory, type VendorDirectoryProps } from "./vendor-directory";
export { type VendorFolder, vendorFolders } from "./vendor-folders";
