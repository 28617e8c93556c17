// SPDX-License-Identifier: Apache-2.0
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as https from "node:https";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { type EmulatorPatch, type LauncherOptions, startLauncher, stopLauncher } from "./launcher-process";

/** An access key, with the session token when it is temporary. Never logged, never in evidence. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Of a session. */
  readonly expiration?: Date;
}

/** Loopback address of the SFTP servers. With several servers a user logs in as `<user>@<server id>`. */
export interface SftpAddress {
  readonly host: string;
  readonly port: number;
}

/** A running embedded AWS: one account, its own TLS authority, gone with `stop` or with this process. */
export interface Emulator {
  /** `https://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** The same application over plain HTTP, for the challenge that needs it: `http://127.0.0.1:<port>` */
  readonly plainEndpoint: string;
  /** Loopback proxy that lets Terraform reach host-prefixed endpoints of the emulator, and nothing else. */
  readonly proxyEndpoint: string;
  /** Where every Transfer Family server of the emulator answers, from the first CreateServer on. */
  readonly sftp: SftpAddress;
  /** PEM file of the run's certificate authority. */
  readonly caFile: string;
  readonly accountId: string;
  readonly region: string;
  /** Root of the account, for bootstrap only: root passes every policy, so no challenge may run as it. */
  readonly rootCredentials: Credentials;
  readonly pid: number;
  readonly patches: readonly EmulatorPatch[];
  /** SHA-256 over the launcher and its patches, hexadecimal. */
  readonly patchesDigest: string;
  readonly ministackVersion: string;
  /** Ends the emulator and all its child processes. May be called twice. */
  stop(): Promise<void>;
}

export type EmulatorOptions = LauncherOptions;

/**
 * Starts MiniStack with the project's patches on free loopback ports.
 *
 * @throws PYTHON_MISSING, PORT_TAKEN, EMULATOR_START
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { child, ready } = await startLauncher(options);
  return {
    endpoint: `https://127.0.0.1:${ready.port}`,
    plainEndpoint: `http://127.0.0.1:${ready.plainPort}`,
    proxyEndpoint: `http://127.0.0.1:${ready.proxyPort}`,
    sftp: { host: "127.0.0.1", port: ready.sftpPort },
    caFile: ready.caFile,
    accountId: options.accountId,
    region: options.region,
    rootCredentials: ready.rootCredentials,
    pid: ready.pid,
    patches: ready.patches,
    patchesDigest: ready.patchesDigest,
    ministackVersion: ready.ministackVersion,
    stop: stopOnce(child),
  };
}

function stopOnce(child: ChildProcess): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= stopLauncher(child);
    return stopping;
  };
}

/** Settings that every AWS SDK client of this project takes for the emulator. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly requestHandler: NodeHttpHandler;
  /** One attempt: a challenge's refusal must be the first answer, not the last of several. */
  readonly maxAttempts: 1;
  readonly forcePathStyle: true;
}

/** SDK client settings that trust the run's own authority; NODE_EXTRA_CA_CERTS would be read at process start only. */
export function clientConfig(emulator: Emulator, credentials: Credentials, region = emulator.region): ClientConfig {
  return { endpoint: emulator.endpoint, ...connection(emulator, credentials, region) };
}

/** As `clientConfig`, for S3 Control, which puts the account in front of the host: `<account>.localhost`. */
export function s3ControlClientConfig(emulator: Emulator, credentials: Credentials): ClientConfig {
  return { ...clientConfig(emulator, credentials), endpoint: emulator.endpoint.replace("127.0.0.1", "localhost") };
}

/** As `clientConfig`, over plain HTTP, for the challenge that TLS is required. */
export function plainClientConfig(
  emulator: Emulator,
  credentials: Credentials,
  region = emulator.region,
): ClientConfig {
  return { endpoint: emulator.plainEndpoint, ...connection(emulator, credentials, region) };
}

function connection(emulator: Emulator, credentials: Credentials, region: string): Omit<ClientConfig, "endpoint"> {
  const httpsAgent = new https.Agent({
    ca: fs.readFileSync(emulator.caFile),
    keepAlive: false,
    // S3 Control puts the account in front of the host; that name is the emulator too
    lookup: (_host, options, callback) => {
      const address = { address: "127.0.0.1", family: 4 };
      if (options.all) callback(null, [address]);
      else callback(null, address.address, address.family);
    },
  });
  const requestHandler = new NodeHttpHandler({ httpsAgent });
  return { region, credentials, requestHandler, maxAttempts: 1, forcePathStyle: true };
}

/**
 * Environment for Terraform: credentials, trust in the run's authority, every AWS endpoint, and a proxy that refuses
 * all hosts but the emulator, so that a provider endpoint forgotten in the configuration cannot reach AWS.
 */
export function terraformEnvironment(emulator: Emulator, credentials: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_REGION: emulator.region,
    AWS_CA_BUNDLE: emulator.caFile,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    CHECKPOINT_DISABLE: "1",
    HTTP_PROXY: emulator.proxyEndpoint,
    HTTPS_PROXY: emulator.proxyEndpoint,
    NO_PROXY: "",
    TF_IN_AUTOMATION: "1",
  };
}
