// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { ensureOpa } from "../../../validation/toolchain";
import { GO_ARCHIVE_SHA256, goArchive } from "../../../validation/toolchain/go-toolchain";
import { terraformPlatform } from "../../../validation/toolchain/terraform";
import { fakeMachine, removeFakeMachines } from "./fake-tool";
import { type ArchiveFile, zipOf } from "./zip-archive";

const PLATFORM = terraformPlatform();
const VERSION = `v0.0.1-go1.26.8.${PLATFORM.replace("_", "-")}`;
const WITHIN = `golang.org/toolchain@${VERSION}`;

/** A `go` that builds only where it finds what the real one needs, and leaves files in every folder it is given. */
const FAKE_GO = `#!/bin/sh
root="\${0%/bin/go}"
[ "$1 $2" = "install github.com/open-policy-agent/opa@v1.22.0" ] || { echo "asked $*" >&2; exit 1; }
[ -x "$root/pkg/tool/fake/compile" ] || { echo "no executable compiler" >&2; exit 1; }
[ -f "$root/src/go.mod" ] && [ ! -e "$root/src/_go.mod" ] || { echo "no src/go.mod" >&2; exit 1; }
for folder in "$GOMODCACHE" "$GOCACHE" "$GOPATH"; do /bin/mkdir -p "$folder" && echo > "$folder/file" || exit 1; done
echo "$GOTOOLCHAIN,$GOENV,$CGO_ENABLED,$GOFLAGS,$GOPROXY,$GOROOT,$GOSUMDB,$GONOSUMDB,$GOPRIVATE" > "$HOME/settings"
printf '#!/bin/sh\\necho "Version: 1.22.0"\\n' > "$GOBIN/opa"
/bin/chmod 755 "$GOBIN/opa"
`;

const toolchain = (go: string): ArchiveFile[] => [
  { name: `${WITHIN}/bin/go`, content: go },
  { name: `${WITHIN}/pkg/tool/fake/compile`, content: "" },
  { name: `${WITHIN}/src/_go.mod`, content: "module std\n" },
];

const requests: { url: string; authorization: string | undefined }[] = [];
let archive: Buffer = Buffer.alloc(0);
const server = http.createServer((request, response) => {
  requests.push({ url: request.url ?? "", authorization: request.headers.authorization });
  if (request.url === `/proxy/golang.org/toolchain/@v/${VERSION}.zip`) response.end(archive);
  else response.writeHead(404).end();
});
let proxy: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}/proxy`;
});
beforeEach(() => {
  requests.length = 0;
  archive = zipOf(...toolchain(FAKE_GO));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterAll(removeFakeMachines);

const pins = () => ({ [PLATFORM]: createHash("sha256").update(archive).digest("hex") });
const cacheOf = ({ context }: ReturnType<typeof fakeMachine>) => {
  const folder = path.join(context.cwd, ".part11");
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
};

test("without opa and go, Go is downloaded once, builds opa, and nothing but opa stays", async () => {
  const machine = fakeMachine({ GOPROXY: proxy });
  expect(await ensureOpa(machine.context, pins())).toMatchObject({ version: "1.22.0", source: "go download" });
  expect(cacheOf(machine)).toEqual(["opa-1.22.0"]);
  expect(fs.readdirSync(path.join(machine.context.cwd, ".part11", "opa-1.22.0"))).toEqual(["opa"]);
  expect(await ensureOpa(machine.context, pins())).toMatchObject({ version: "1.22.0", source: "cache" });
  expect(requests).toHaveLength(1);
  expect(machine.progress[0]).toBe("downloading Go 1.26.8 to build OPA 1.22.0");
});

test("the downloaded Go takes GOPROXY and no other setting of the user's Go", async () => {
  const others = { GOTOOLCHAIN: "go1.2", GOENV: "/x", GOFLAGS: "-x", GOROOT: "/x", GOSUMDB: "off", GONOSUMDB: "*" };
  const machine = fakeMachine({ GOPROXY: `${proxy},direct`, GOPRIVATE: "*", CGO_ENABLED: "1", ...others });
  await ensureOpa(machine.context, pins());
  const settings = fs.readFileSync(path.join(machine.context.env.HOME as string, "settings"), "utf8");
  expect(settings.trim()).toBe(`local,off,0,-modcacherw,${proxy},direct,,,,`);
});

test("what go said is passed on when it cannot build, and nothing stays", async () => {
  archive = zipOf(...toolchain("#!/bin/sh\necho 'no route to host' >&2; exit 1\n"));
  const machine = fakeMachine({ GOPROXY: proxy });
  await expect(ensureOpa(machine.context, pins())).rejects.toThrow("no route to host");
  expect(cacheOf(machine)).toEqual([]);
});

test("an interrupted download ends as interrupted", async () => {
  const machine = fakeMachine({ GOPROXY: proxy });
  const context = { ...machine.context, signal: AbortSignal.abort() };
  await expect(ensureOpa(context, pins())).rejects.toMatchObject({ code: "INTERRUPTED" });
});

const refusals: [string, string, () => { GOPROXY?: string; files?: ArchiveFile[]; sha256?: Record<string, string> }][] =
  [
    ["with other bytes", "CHECKSUM_MISMATCH", () => ({ sha256: { [PLATFORM]: "0".repeat(64) } })],
    ["that is not there", "DOWNLOAD_FAILED", () => ({ GOPROXY: `${proxy}/none` })],
    ["without network", "DOWNLOAD_FAILED", () => ({ GOPROXY: "http://127.0.0.1:1" })],
    [
      "that leads out of its folder",
      "DOWNLOAD_FAILED",
      () => ({ files: [...toolchain(FAKE_GO), { name: `${WITHIN}/../../../escaped`, content: "x" }] }),
    ],
    ["of another version", "DOWNLOAD_FAILED", () => ({ files: [{ name: "golang.org/toolchain@v1/go", content: "" }] })],
    ["without a go", "TOOL_MISSING", () => ({ files: toolchain(FAKE_GO).slice(1) })],
    ["for a platform without a pin", "OPA_MISSING", () => ({ sha256: {} })],
    ["with GOPROXY=off", "OPA_MISSING", () => ({ GOPROXY: "off" })],
    ["with GOPROXY=direct", "OPA_MISSING", () => ({ GOPROXY: "direct" })],
  ];

test.each(refusals)("a download %s fails, and leaves nothing in the cache", async (_title, code, given) => {
  const { GOPROXY = proxy, files, sha256 } = given();
  if (files) archive = zipOf(...files);
  const machine = fakeMachine({ GOPROXY });
  await expect(ensureOpa(machine.context, sha256 ?? pins())).rejects.toMatchObject({ code });
  expect(cacheOf(machine)).toEqual([]);
  expect(fs.readdirSync(path.dirname(machine.context.cwd)).sort()).toEqual(["bin", "home", "project"]);
});

describe("the address of the archive", () => {
  const PINS = { [PLATFORM]: "0".repeat(64) };
  const file = `golang.org/toolchain/@v/${VERSION}.zip`;

  test.each([
    [undefined, "https://proxy.golang.org/"],
    ["", "https://proxy.golang.org/"],
    ["https://a.example/go/,https://b.example", "https://a.example/go/"],
    ["file:///srv/go|https://b.example|direct", "https://b.example/"],
  ])("with GOPROXY=%s is below %s", (GOPROXY, base) => {
    expect(goArchive({ GOPROXY }, PINS)).toMatchObject({ url: `${base}${file}` });
  });

  test.each([
    "off",
    "direct",
    "direct,https://a.example",
    "file:///srv/go",
    "off|https://a.example",
    "https://",
    "https://%zz@a.example",
  ])("is none with GOPROXY=%s", (GOPROXY) => {
    expect(goArchive({ GOPROXY }, PINS)).toEqual({ refused: expect.stringContaining("GOPROXY") });
  });

  test("has the credentials of GOPROXY in a header and not in itself", () => {
    const authorization = `Basic ${Buffer.from("us er:p@ss").toString("base64")}`;
    const GOPROXY = "https://us%20er:p%40ss@a.example";
    expect(goArchive({ GOPROXY }, PINS)).toMatchObject({ url: `https://a.example/${file}`, authorization });
  });

  test("sends no credentials over plain http", () => {
    expect(goArchive({ GOPROXY: "http://user:pass@a.example" }, PINS)).toMatchObject({
      url: `http://a.example/${file}`,
      authorization: undefined,
    });
  });
});

test("a digest is pinned for Linux and macOS on both processors", () => {
  expect(Object.keys(GO_ARCHIVE_SHA256).sort()).toEqual(["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"]);
  for (const sha256 of Object.values(GO_ARCHIVE_SHA256)) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});
