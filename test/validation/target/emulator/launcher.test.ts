// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { packageRoot } from "../../../../validation/package-root";
import { dateOfSts, readClocks } from "../../../../validation/qualify/second-clock";
import {
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../../validation/target/emulator";
import { signedCall } from "../../../../validation/target/emulator/preflight/signed-call";
import { Stage } from "../../../../validation/target/emulator/preflight/stage";
import { locatePython } from "../../../../validation/toolchain";
import { emulatorOptions } from "./running";

type Options = Awaited<ReturnType<typeof emulatorOptions>>;
let options: Options;
const running: Emulator[] = [];

beforeAll(async () => {
  options = await emulatorOptions();
}, 120_000);

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
});

afterAll(() => options.remove());

async function start(extra: Partial<Options> = {}): Promise<Emulator> {
  const emulator = await startEmulator({ ...options, ...extra });
  running.push(emulator);
  return emulator;
}

const portOf = (endpoint: string) => Number(new URL(endpoint).port);

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Local addresses on which a process listens, from Linux's /proc. */
function listeners(pid: number): string[] {
  const sockets = fs.readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /socket:\[(\d+)\]/.exec(fs.readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
  return ["tcp", "tcp6"].flatMap((table) =>
    fs
      .readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === "0A" && sockets.includes(columns[9] ?? ""))
      .map((columns) => columns[1] ?? ""),
  );
}

async function eventually(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

test("its STS tells the time of this machine, which is no second clock", async () => {
  const emulator = await start();
  const ask = dateOfSts(clientConfig(emulator, await createAdministrator(emulator)));
  const { source, skewMs } = await readClocks(ask, "emulator");
  expect(source).toEqual({ kind: "same-machine", name: "Date header of STS GetCallerIdentity, 127.0.0.1" });
  // Of one clock the header leaves out parts of a second, and the answer may be on its way for some.
  expect(skewMs).toBeLessThanOrEqual(0);
});

test("stop leaves no process and no listener", async () => {
  const emulator = await start();
  const ports = [emulator.endpoint, emulator.plainEndpoint, emulator.proxyEndpoint].map(portOf);
  expect(await Promise.all(ports.map(accepts))).toEqual([true, true, true]);
  await emulator.stop();
  expect(await Promise.all(ports.map(accepts))).toEqual([false, false, false]);
  expect(alive(emulator.pid)).toBe(false);
});

const hexPort = (port: number) => port.toString(16).toUpperCase().padStart(4, "0");
const onLinux = process.platform === "linux" ? test : test.skip;
onLinux("listens on three loopback ports only (read from /proc, so on Linux)", async () => {
  const emulator = await start();
  const ports = [emulator.endpoint, emulator.plainEndpoint, emulator.proxyEndpoint].map(portOf);
  expect(listeners(emulator.pid).sort()).toEqual(ports.map((port) => `0100007F:${hexPort(port)}`).sort());
});

onLinux(
  "the SFTP port refuses until there is a server, then listens on loopback only (/proc, so on Linux)",
  async () => {
    const emulator = await start();
    const { host, port } = emulator.sftp;
    const listening = () => listeners(emulator.pid).filter((address) => address.endsWith(`:${hexPort(port)}`));
    expect([host, await accepts(port), listening()]).toEqual(["127.0.0.1", false, []]);
    const stage = new Stage(emulator, await createAdministrator(emulator), "eu-central-1", 5);
    const operation = "CreateServer";
    await signedCall(stage, { service: "transfer", operation, target: `TransferService.${operation}`, body: {} });
    expect(listening()).toEqual([`0100007F:${hexPort(port)}`]);
  },
);

test("two emulators side by side do not see each other's roles", async () => {
  const [first, second] = await Promise.all([start(), start()]);
  expect(first.endpoint).not.toBe(second.endpoint);
  const administrator = await createAdministrator(first);
  const identity = new GetCallerIdentityCommand({});
  const answer = await new STSClient(clientConfig(first, administrator)).send(identity);
  expect(answer.Arn).toContain(":assumed-role/part11-administrator/");
  const foreign = new STSClient(clientConfig(second, administrator)).send(identity);
  await expect(foreign).rejects.toThrow(/invalid|issuer|certificate/i);
});

test("a taken port is PORT_TAKEN", async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as net.AddressInfo;
  try {
    await expect(start({ port })).rejects.toMatchObject({ code: "PORT_TAKEN" });
  } finally {
    server.close();
  }
});

test("a missing interpreter is PYTHON_MISSING", async () => {
  await expect(start({ python: path.join(options.runDir, "none") })).rejects.toMatchObject({ code: "PYTHON_MISSING" });
});

test("an interpreter without MiniStack is EMULATOR_START and names the module", async () => {
  const bare = await locatePython({ cwd: packageRoot(), env: process.env });
  await expect(start({ python: bare!.path })).rejects.toMatchObject({
    code: "EMULATOR_START",
    message: expect.stringMatching(/MODULE_MISSING.*(ministack|cryptography)/),
  });
});

test("an unknown patch to leave out is EMULATOR_START", async () => {
  await expect(start({ without: ["nothing"] })).rejects.toMatchObject({ code: "EMULATOR_START" });
});

test("the death of its parent ends it", async () => {
  const folder = path.join(packageRoot(), "validation", "target", "emulator");
  const script = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.argv[1], ["-B", "-m", "launcher", "--run-dir", process.argv[2],
      "--account-id", "111122223333", "--region", "eu-west-1"],
      { detached: true, env: { PATH: process.env.PATH, PYTHONPATH: process.argv[3] }, stdio: ["pipe", "inherit", "ignore"] });
    child.unref();`;
  const parent = spawn(process.execPath, ["-e", script, options.python, options.runDir, folder], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const line = await new Promise<string>((resolve) => createInterface({ input: parent.stdout }).once("line", resolve));
  const { pid, port } = JSON.parse(line) as { pid: number; port: number };
  expect(alive(pid)).toBe(true);
  parent.kill("SIGKILL");
  expect(await eventually(() => !alive(pid))).toBe(true);
  expect(await accepts(port)).toBe(false);
});

test("the proxy reaches the emulator and refuses every other host", async () => {
  const emulator = await start();
  const connect = (target: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(emulator.proxyEndpoint);
      const request = http.request({ host: hostname, port, method: "CONNECT", path: target });
      request.once("connect", (response, socket) => resolve(socket.destroy() && response.statusCode));
      request.once("error", reject);
      request.end();
    });
  expect(await connect("sts.amazonaws.com:443")).toBe(403);
  expect(await connect(`${options.accountId}.127.0.0.1:${portOf(emulator.endpoint)}`)).toBe(200);
});

test("the certificate authority's key is not kept", async () => {
  const emulator = await start();
  const folder = path.dirname(emulator.caFile);
  expect(fs.readdirSync(folder).sort()).toEqual(["ca.pem", "leaf.key", "leaf.pem"]);
  const mode = fs.statSync(path.join(folder, "leaf.key")).mode & 0o777;
  expect(mode).toBe(0o600);
});

test("MiniStack's own reset and configuration doors are closed", async () => {
  const emulator = await start();
  for (const door of ["reset", "config"]) {
    const answer = await fetch(`${emulator.plainEndpoint}/_ministack/${door}`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(404);
  }
});

test("the user's environment does not reach the emulator", async () => {
  process.env.AWS_SECRET_ACCESS_KEY = "part11-leak-probe";
  try {
    const emulator = await start();
    const environment = fs.existsSync(`/proc/${emulator.pid}/environ`)
      ? fs.readFileSync(`/proc/${emulator.pid}/environ`, "utf8")
      : "";
    expect(environment).not.toContain("part11-leak-probe");
  } finally {
    delete process.env.AWS_SECRET_ACCESS_KEY;
  }
});

test("leaving a patch out changes the list and the digest", async () => {
  const [whole, less] = await Promise.all([start(), start({ without: ["s3_versioning_state"] })]);
  expect(whole.patches.map((patch) => patch.name)).toContain("s3_versioning_state");
  expect(less.patches.map((patch) => patch.name)).not.toContain("s3_versioning_state");
  expect(less.patchesDigest).not.toBe(whole.patchesDigest);
  for (const patch of whole.patches) expect(Object.values(patch)).not.toContain("");
});
