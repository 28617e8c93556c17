// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type ToolContext, withTemporaryFolder } from "./cache";
import { withInterrupt } from "./interrupt";
import { downloadPinned, type PinnedFile } from "./pinned-download";
import { terraformPlatform } from "./terraform";
import { unzip } from "./unzip";

/** Version of Go that is downloaded when none is installed. */
export const GO_VERSION = "1.26.8";

/**
 * SHA-256 of the module archives of golang.org/toolchain, version v0.0.1-go1.26.8.<platform>, which `go` itself downloads for
 * GOTOOLCHAIN (https://go.dev/doc/toolchain). Measured on 2026-11-21; docs/decisions/0007 says against what they were checked.
 */
export const GO_ARCHIVE_SHA256: Readonly<Record<string, string>> = {
  darwin_amd64: "fe99a2009e5bb51e06d7784f1a486478673512041c2671157bd382806e2aedcf",
  darwin_arm64: "0aad5fb52b88498885290178adc0bcfe429bc63012621af9f83282eb640bd9c7",
  linux_amd64: "30c2b1bf7dcc88d3eb0a1364e47ddd9128edb3110a30e8a0ef61cd5856b31de7",
  linux_arm64: "02b36b6787b3ac767668f630e2998df45a3b1f9ffee08d1bf3ef6487cd658d99",
};

const MODULE = "golang.org/toolchain";
const PUBLIC_PROXY = "https://proxy.golang.org";

/** Says why there is no Go to download. */
export interface NoGo {
  readonly refused: string;
}

/** A Go toolchain that lives as long as the work it was downloaded for. */
export interface DownloadedGo {
  /** Absolute path of the command `go`. */
  readonly path: string;
  /** Environment that keeps all it writes in its own folder and takes no setting of the user's but GOPROXY. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * The archive of Go for this platform at the first http(s) proxy of the user's GOPROXY, else at the public one.
 *
 * @param archiveSha256 digests by platform, `linux_amd64`
 */
export function goArchive(env: NodeJS.ProcessEnv, archiveSha256: Readonly<Record<string, string>>): PinnedFile | NoGo {
  const platform = terraformPlatform();
  const sha256 = archiveSha256[platform];
  if (!sha256) return { refused: `no Go is pinned for ${platform}` };
  const proxy = proxyOf(env.GOPROXY || PUBLIC_PROXY);
  if (!proxy) return { refused: "GOPROXY names no http(s) proxy to download Go from" };
  const url = `${proxy.base}/${MODULE}/@v/${moduleVersion()}.zip`;
  return { url, sha256, authorization: proxy.authorization };
}

/**
 * Runs `work` with a Go toolchain downloaded for it, and removes the toolchain and all it made below its own folder afterwards.
 *
 * @throws DOWNLOAD_FAILED, CHECKSUM_MISMATCH, INTERRUPTED
 */
export function withDownloadedGo<T>(
  archive: PinnedFile,
  context: ToolContext,
  work: (go: DownloadedGo) => Promise<T>,
): Promise<T> {
  return withInterrupt(async (signal) => {
    const bytes = await downloadPinned(archive, signal);
    return withTemporaryFolder(context.cwd, `go-${GO_VERSION}`, (folder) => {
      const root = path.join(folder, "go");
      unzip({ url: archive.url, bytes }, `${MODULE}@${moduleVersion()}`, root);
      makeUsable(root);
      return work({ path: path.join(root, "bin", "go"), env: ownEnvironment(context.env, folder), signal });
    });
  }, context.signal);
}

/** What `go` does on first use of a downloaded toolchain (cmd/go/internal/toolchain/select.go): module archives have no modes and no nested go.mod. */
function makeUsable(root: string): void {
  for (const name of fs.readdirSync(root, { recursive: true }) as string[]) {
    const file = path.join(root, name);
    if (/^(bin|pkg\/tool)\//.test(name)) fs.chmodSync(file, 0o755);
    if (path.basename(name) === "_go.mod") fs.renameSync(file, path.join(path.dirname(file), "go.mod"));
  }
}

function ownEnvironment(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !name.startsWith("GO"));
  return {
    ...Object.fromEntries(others),
    ...(env.GOPROXY ? { GOPROXY: env.GOPROXY } : {}),
    CGO_ENABLED: "0",
    GOENV: "off",
    // A module cache is read-only by default, and could not be removed.
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "local",
    GOPATH: path.join(folder, "path"),
    GOMODCACHE: path.join(folder, "modules"),
    GOCACHE: path.join(folder, "build"),
    GOTMPDIR: folder,
    // Go's counters of its own use go there.
    XDG_CONFIG_HOME: path.join(folder, "config"),
  };
}

interface Proxy {
  /** Without credentials and closing slash. */
  readonly base: string;
  readonly authorization: string | undefined;
}

/** First http(s) entry of a GOPROXY list; Go itself reads nothing behind `off` and `direct`. */
function proxyOf(list: string): Proxy | undefined {
  for (const entry of list.split(/[,|]/).map((text) => text.trim())) {
    if (entry === "off" || entry === "direct") return undefined;
    if (/^https?:\/\//.test(entry)) return parsedProxy(entry);
  }
  return undefined;
}

function parsedProxy(address: string): Proxy | undefined {
  try {
    const { origin, pathname, protocol, username, password } = new URL(address);
    const credentials = [username, password].map(decodeURIComponent).join(":");
    // As in Go, no credentials over plain http.
    const sent = protocol === "https:" && username !== "";
    return {
      base: `${origin}${pathname.replace(/\/+$/, "")}`,
      authorization: sent ? `Basic ${Buffer.from(credentials).toString("base64")}` : undefined,
    };
  } catch {
    return undefined;
  }
}

function moduleVersion(): string {
  return `v0.0.1-go${GO_VERSION}.${terraformPlatform().replace("_", "-")}`;
}
