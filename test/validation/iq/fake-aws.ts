// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import type { LiveConnection } from "../../../validation/iq";

/** An answer of AWS as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** SDK clients whose requests never leave the process: `answer` gives the response, or throws as a lost connection does. */
export function fakeConnection(answer: (request: { path: string; query: object }) => WireAnswer): LiveConnection {
  const requestHandler = {
    handle: async (request: { path: string; query: object }) => {
      const { status, headers = {}, body = "" } = answer(request);
      return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } };
    },
  };
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "not-a-secret", sessionToken: "session-token" };
  const config = (region: string) => ({ region, credentials, requestHandler, maxAttempts: 1, forcePathStyle: true });
  return {
    principal: "arn:aws:iam::111122223333:role/part11-deployer",
    clientConfig: config as unknown as LiveConnection["clientConfig"],
  };
}

export const versioningXml = (status: string): string =>
  `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`;
export const errorXml = (code: string): string => `<Error><Code>${code}</Code><Message>no</Message></Error>`;
