// SPDX-License-Identifier: Apache-2.0
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { dateOfSts, type OwnClocks, readClocks } from "../../../validation/qualify/second-clock";

const HEADER = "Sat, 21 Nov 2026 08:00:00 GMT";

/** Clocks that stand at these instants, one a look. */
function clocks(...instants: readonly string[]): OwnClocks {
  const left = [...instants];
  return { now: () => new Date(left.shift()!), monotonicMs: () => 42 };
}

const answer = (dateHeader: string | undefined) => async () => ({ dateHeader, host: "sts.eu-central-1.amazonaws.com" });

test.each([
  ["aws", "aws"],
  ["emulator", "same-machine"],
] as const)("a reading of %s says whose clock the second one is: %s", async (target, kind) => {
  const own = clocks("2026-11-21T07:59:59.900Z", "2026-11-21T08:00:00.250Z");
  expect(await readClocks(answer(HEADER), target, own)).toEqual({
    source: { kind, name: "Date header of STS GetCallerIdentity, sts.eu-central-1.amazonaws.com" },
    askedAt: "2026-11-21T07:59:59.900Z",
    answeredAt: "2026-11-21T08:00:00.250Z",
    monotonicMs: 42,
    dateHeader: HEADER,
    skewMs: -250,
  });
});

test.each([undefined, "", "2026-11-21T08:00:00Z", "Sun, 21 Nov 2026 08:00:00 GMT"])(
  "an answer with the time %j is no second source",
  async (dateHeader) => {
    const own = clocks("2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z");
    await expect(readClocks(answer(dateHeader), "aws", own)).rejects.toMatchObject({ code: "TRANSPORT" });
  },
);

describe("STS", () => {
  let server: http.Server;
  let date: string | undefined = HEADER;
  let asked = "";
  const config = () => ({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });

  beforeAll((done) => {
    server = http.createServer((request, response) => {
      request.on("data", (chunk: Buffer) => (asked += chunk.toString()));
      request.on("end", () => {
        response.sendDate = false;
        const headers = { "Content-Type": "text/xml", ...(date ? { Date: date } : {}) };
        response
          .writeHead(200, headers)
          .end(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/a</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
          );
      });
    });
    server.listen(0, "127.0.0.1", done);
  });
  afterAll((done) => {
    server.close(done);
  });

  it("is asked who calls, and the header of its answer is taken as it was sent", async () => {
    expect(await dateOfSts(config())()).toEqual({ dateHeader: HEADER, host: "127.0.0.1" });
    expect(asked).toContain("Action=GetCallerIdentity");
  });

  it("without a Date header tells no time", async () => {
    date = undefined;
    await expect(readClocks(dateOfSts(config()), "emulator")).rejects.toMatchObject({ code: "TRANSPORT" });
  });
});
