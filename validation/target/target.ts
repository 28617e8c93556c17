// SPDX-License-Identifier: Apache-2.0
import type { ClientConfig, Credentials, SftpAddress } from "./emulator";

/** Where a stack is applied, read back and challenged. */
export interface Target {
  /** `emulator` or `aws`; named in every report. */
  readonly kind: "emulator" | "aws";
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Where the installed SFTP server answers. */
  readonly sftp: SftpAddress;
  /** Session of a role that exists beside the stack: the deploy role, or one that the stack's roles trust. */
  outsideRole(roleArn: string): Promise<Credentials>;
  /** Session of one of the stack's own roles, assumed by a principal that its trust policy names. */
  assumeRole(caller: Credentials, roleArn: string, sessionName: string): Promise<Credentials>;
  /** Settings of S3 Control clients, which put the account in front of the host. */
  s3ControlConfig(credentials: Credentials): ClientConfig;
  /** Settings of SDK clients. `plain`: over HTTP, for the challenge that needs it. */
  clientConfig(credentials: Credentials, options?: { region?: string; plain?: boolean }): ClientConfig;
  /** Variables by which a program of its own, the AWS CLI for one, comes here with a session and with nothing else. */
  environment(credentials: Credentials): Readonly<Record<string, string>>;
}
