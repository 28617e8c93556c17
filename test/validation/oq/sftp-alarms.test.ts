// SPDX-License-Identifier: Apache-2.0
import * as net from "node:net";
import { sftpAlarmsChallenges } from "../../../validation/oq/challenges/sftp-alarms";
import { PlayedZone, SERVER_LOG } from "./played-zone";

// No step waits here: a pause moves the clock on.
jest.mock("node:timers/promises", () => ({ setTimeout: async (ms: number) => jest.setSystemTime(Date.now() + ms) }));
beforeAll(() =>
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), doNotFake: ["nextTick", "setImmediate", "setTimeout"] }),
);
afterAll(() => jest.useRealTimers());

const [failure, rejected] = sftpAlarmsChallenges;

test("a login that the server refuses is logged and told", async () => {
  expect(await failure!.run(new PlayedZone().range())).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
});

test.each([
  ["everybody let in", "the server does not turn it away"],
  ["server writes nothing", "turned away, and not in the server's log"],
  ["deaf alarm", "turned away and logged, and nobody was told"],
  ["rings at every login", "a login that is let in alarms as well, so the alarm proves nothing"],
])("%s: the step fails, %s", async (fault, reason) => {
  expect(await failure!.run(new PlayedZone(fault).range())).toMatchObject({ result: "FAIL", reason });
});

/** Runs the step against a server that does this with a connection. */
async function against(played: PlayedZone, meet: (socket: net.Socket) => void) {
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => meet(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await rejected!.run(played.range((server.address() as net.AddressInfo).port));
  } finally {
    server.close();
  }
}

function rejects(played: PlayedZone) {
  return (socket: net.Socket) => {
    if (!played.is("server writes nothing"))
      played.log(SERVER_LOG, { "activity-type": "CONNECTION_REJECTED", "source-ip": "127.0.0.1" });
    played.ring("sftp-connection-rejected");
    socket.end("SSH-2.0-played\r\n");
  };
}

test("a connection that the server rejects is logged and told", async () => {
  const played = new PlayedZone();
  const seen = await against(played, rejects(played));
  expect(seen).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
  expect(seen.actual).toContain('connection without SSH ended by the server, its greeting "SSH-2.0-played"');
});

test.each([
  ["deaf alarm", "turned away and logged, and nobody was told"],
  ["server writes nothing", "turned away, and not in the server's log"],
])("%s: the step on a rejected connection fails, %s", async (fault, reason) => {
  const played = new PlayedZone(fault);
  expect(await against(played, rejects(played))).toMatchObject({ result: "FAIL", reason });
});
