// SPDX-License-Identifier: Apache-2.0
export type { InterfaceService } from "./endpoint-policies";
export { SftpNetwork, type SftpNetworkProps } from "./sftp-network";
