// SPDX-License-Identifier: Apache-2.0
import { STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { Part11Error } from "../../error";
import type { Credentials } from "../emulator";

/** What is known of a request where it would leave the process. */
export interface WireRequest {
  readonly protocol?: string;
  readonly hostname: string;
  readonly method: string;
}

/** The last part of an SDK client: what it is given is sent. */
export interface WireHandler {
  handle(request: WireRequest, options?: unknown): Promise<unknown>;
}

/** Of a session that ends. A client asks again for those that say when; others it keeps. */
export interface WireCredentials extends Credentials {
  readonly expiration?: Date;
}

/** How calls leave the process, and in whose name. Only a test replaces it; no option and no variable does. */
export interface Wire {
  readonly handler: WireHandler;
  readonly credentials: () => Promise<WireCredentials>;
}

/** Domains of AWS's own endpoints: commercial and GovCloud, China, European Sovereign Cloud, dual stack (AWS General Reference, "AWS service endpoints"). */
const AWS_DOMAINS = [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws"];

/** The user's own credentials, found as every AWS SDK finds them, and a plain connection. */
export function ownWire(region: string): Wire {
  const { credentials } = new STSClient({ region }).config;
  return {
    handler: new NodeHttpHandler() as unknown as WireHandler,
    credentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await credentials();
      return {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        ...(expiration === undefined ? {} : { expiration }),
      };
    },
  };
}

/**
 * Sends to AWS over TLS and nowhere else, whatever endpoint a profile of the user names: what answers as AWS elsewhere is no AWS.
 *
 * @throws TARGET_REFUSED
 */
export function onlyToAws(wire: WireHandler): WireHandler {
  return {
    handle: async (request, options) => {
      const { protocol = "", hostname } = request;
      const isAws = AWS_DOMAINS.some((domain) => hostname.toLowerCase().endsWith(domain));
      if (isAws && protocol === "https:") return wire.handle(request, options);
      throw new Part11Error({
        code: "TARGET_REFUSED",
        what: "call not sent",
        where: "endpoint",
        expected: "an endpoint of AWS over https",
        got: `${protocol}//${hostname}`,
        todo: "take endpoint_url out of the AWS profile",
      });
    },
  };
}
