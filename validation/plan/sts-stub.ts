// SPDX-License-Identifier: Apache-2.0
import * as http from "node:http";
import type { AddressInfo } from "node:net";

// AWS SDKs do not retry AccessDenied, so a plan that reads AWS fails at once instead of waiting.
const REFUSAL =
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>an offline plan reads nothing from AWS</Message></Error></ErrorResponse>";

/** An STS on the loopback interface that knows one account, so that an offline plan can write whole ARNs. */
export interface StsStub {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the stub on a free port. It answers GetCallerIdentity and refuses everything else, requests that reach it as a proxy included:
 * named as every endpoint and as the proxy of an offline plan it keeps the plan off the network.
 *
 * Source: AWS STS API Reference, GetCallerIdentity, version 2011-06-15.
 *
 * @param accountId twelve digits
 */
export async function startStsStub(accountId: string): Promise<StsStub> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isStsCall = request.method === "POST" && request.url === "/";
      const action = new URLSearchParams(Buffer.concat(chunks).toString("utf8")).get("Action");
      const answered = isStsCall && action === "GetCallerIdentity";
      response.writeHead(answered ? 200 : 403, { "content-type": "text/xml" });
      response.end(answered ? identity(accountId) : REFUSAL);
    });
  });
  server.on("connect", (_request, socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function identity(accountId: string): string {
  const result = `<Arn>arn:aws:iam::${accountId}:user/plan</Arn><UserId>plan</UserId><Account>${accountId}</Account>`;
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}</GetCallerIdentityResult><ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
}
