// SPDX-License-Identifier: Apache-2.0
export {
  type ClientConfig,
  type Credentials,
  clientConfig,
  type Emulator,
  type EmulatorOptions,
  plainClientConfig,
  type SftpAddress,
  s3ControlClientConfig,
  startEmulator,
  terraformEnvironment,
} from "./emulator";
export type { EmulatorPatch } from "./launcher-process";
export { type PreflightCheck, type PreflightOptions, type PreflightReport, preflight } from "./preflight";
export { SftpClient, type SftpLogin } from "./preflight/sftp-client";
export { keyPair } from "./preflight/transfer";
export { ADMINISTRATOR_ROLE, type AssumeRoleOptions, assumeRole, createAdministrator } from "./principals";
