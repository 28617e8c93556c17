// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { cliConfig, userInstallation } from "../../../validation/toolchain/cli-config";
import { searchMirror } from "../../../validation/toolchain/mirror-search";
import { keepDownloadedProviders, locateProvider } from "../../../validation/toolchain/provider-mirror";
import { terraformPlatform } from "../../../validation/toolchain/terraform";
import { fakeMachine, removeFakeMachines } from "./fake-tool";

const AWS = { namespace: "hashicorp", type: "aws", version: "5.100.0" };
const LIMITS = { maxDepth: 5, maxMs: 60_000 };
let machineRoot: string;

beforeEach(() => {
  machineRoot = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterEach(() => fs.rmSync(machineRoot, { recursive: true, force: true }));
afterAll(removeFakeMachines);

/** Lays out an unpacked mirror below `root` and returns `root`. */
function mirror(root: string, { version, host } = { version: AWS.version, host: "registry.example.org" }): string {
  const folder = path.join(root, host, "hashicorp", "aws", version, terraformPlatform());
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `terraform-provider-aws_v${version}_x5`), "");
  return root;
}

const search = (limits = LIMITS) => ({ roots: [machineRoot], limits });
const locate = (machine: ReturnType<typeof fakeMachine>) => locateProvider(AWS, machine.context, search());

describe("a provider is found", () => {
  test("in TF_PLUGIN_MIRROR first", async () => {
    const machine = fakeMachine({ TF_PLUGIN_MIRROR: mirror(path.join(machineRoot, "named")) });
    mirror(path.join(machine.context.env.HOME!, ".terraform.d", "plugins"));
    expect(await locate(machine)).toMatchObject({ root: path.join(machineRoot, "named"), source: "TF_PLUGIN_MIRROR" });
  });

  test.each([
    [
      "the project's terraform.d",
      (m: ReturnType<typeof fakeMachine>) => path.join(m.context.cwd, "terraform.d", "plugins"),
    ],
    [
      "the home's .terraform.d",
      (m: ReturnType<typeof fakeMachine>) => path.join(m.context.env.HOME!, ".terraform.d", "plugins"),
    ],
    [
      "the home's data folder",
      (m: ReturnType<typeof fakeMachine>) => path.join(m.context.env.HOME!, ".local/share/terraform/plugins"),
    ],
    [
      "XDG_DATA_DIRS",
      (m: ReturnType<typeof fakeMachine>) => path.join(m.context.env.XDG_DATA_DIRS!, "terraform", "plugins"),
    ],
  ])("in %s, as Terraform would", async (_title, rootOf) => {
    const machine = fakeMachine({ XDG_DATA_DIRS: path.join(machineRoot, "xdg") });
    const root = mirror(rootOf(machine));
    expect(await locate(machine)).toMatchObject({ root, source: "implied mirror" });
  });

  test("anywhere on the machine by its layout, and remembered", async () => {
    const machine = fakeMachine();
    const root = mirror(path.join(machineRoot, "srv", "plugins"));
    expect(await locate(machine)).toMatchObject({ root, source: "search" });
    expect(await locateProvider(AWS, machine.context, { roots: [], limits: LIMITS })).toMatchObject({
      root,
      source: "cache",
    });
  });

  test("as an archive too", async () => {
    const folder = path.join(machineRoot, "srv", "registry.example.org", "hashicorp", "aws");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `terraform-provider-aws_5.100.0_${terraformPlatform()}.zip`), "");
    expect(await locate(fakeMachine())).toMatchObject({ root: path.join(machineRoot, "srv") });
  });

  test("among what the project downloaded before", async () => {
    const machine = fakeMachine();
    const workDir = path.join(machineRoot, "work");
    mirror(path.join(workDir, ".terraform", "providers"));
    await keepDownloadedProviders(workDir, AWS, machine.context.cwd);
    fs.rmSync(workDir, { recursive: true });
    const root = path.join(machine.context.cwd, ".part11", "providers");
    expect(await locate(machine)).toMatchObject({ root, source: "cache" });
  });
});

describe("a provider is not found", () => {
  test("in another version", async () => {
    mirror(path.join(machineRoot, "srv"), { version: "5.99.0", host: "registry.example.org" });
    expect(await locate(fakeMachine())).toBeUndefined();
  });

  test("when a remembered mirror is gone", async () => {
    const machine = fakeMachine();
    await locateProvider(AWS, machine.context, { roots: [mirror(path.join(machineRoot, "srv"))], limits: LIMITS });
    fs.rmSync(path.join(machineRoot, "srv"), { recursive: true });
    expect(await locate(machine)).toBeUndefined();
  });

  test.each(["open", "open/plugins", "open/plugins/registry.example.org"])(
    "where another user may write to %s",
    async (open) => {
      mirror(path.join(machineRoot, "open", "plugins"));
      fs.chmodSync(path.join(machineRoot, open), 0o777);
      expect(await locate(fakeMachine())).toBeUndefined();
    },
  );

  test.each(["node_modules", ".terraform", "proc"])("below %s", async (skipped) => {
    mirror(path.join(machineRoot, skipped));
    expect(await locate(fakeMachine())).toBeUndefined();
  });

  test("deeper than the limit, or after the time is up", async () => {
    mirror(path.join(machineRoot, "a", "b", "c"));
    expect(await searchMirror([machineRoot], AWS, { maxDepth: 3, maxMs: 60_000 })).toBeUndefined();
    expect(await searchMirror([machineRoot], AWS, { maxDepth: 5, maxMs: -1 })).toBeUndefined();
  });
});

test("fails when TF_PLUGIN_MIRROR does not hold the provider", async () => {
  const machine = fakeMachine({ TF_PLUGIN_MIRROR: machineRoot });
  await expect(locate(machine)).rejects.toMatchObject({ code: "PROVIDER_MISSING" });
});

test("links into a mirror are not kept as downloads", async () => {
  const { context } = fakeMachine();
  const real = path.join(mirror(path.join(machineRoot, "srv")), "registry.example.org/hashicorp/aws/5.100.0");
  const version = path.join(machineRoot, "work/.terraform/providers/registry.example.org/hashicorp/aws/5.100.0");
  fs.mkdirSync(version, { recursive: true });
  fs.symlinkSync(path.join(real, terraformPlatform()), path.join(version, terraformPlatform()));
  await keepDownloadedProviders(path.join(machineRoot, "work"), AWS, context.cwd);
  expect(fs.existsSync(path.join(context.cwd, ".part11"))).toBe(false);
});

describe("the CLI configuration", () => {
  test("names the mirror for its provider and the registry for the rest", () => {
    const config = cliConfig([{ provider: AWS, root: "/srv/plugins", source: "search" }]);
    expect(config).toContain('path    = "/srv/plugins"\n    include = ["hashicorp/aws"]');
    expect(config).toContain('direct {\n    exclude = ["hashicorp/aws"]');
  });

  test("without a mirror leaves Terraform's implied mirrors in force", () => {
    expect(cliConfig([])).not.toContain("provider_installation");
  });

  test("keeps a path literal that looks like a template", () => {
    const root = ["/srv/$", "{path}/%", '{x}"'].join("");
    const literal = ['"/srv/$$', "{path}/%%", '{x}\\""'].join("");
    expect(cliConfig([{ provider: AWS, root, source: "search" }])).toContain(literal);
  });

  test("gives way to the user's own only when that says how providers are installed", () => {
    const file = path.join(machineRoot, "user.tfrc");
    const env = { TF_CLI_CONFIG_FILE: file, HOME: machineRoot };
    fs.writeFileSync(file, 'plugin_cache_dir = "/nowhere"\n');
    expect(userInstallation(env)).toBeUndefined();
    fs.writeFileSync(file, "provider_installation {\n  direct {}\n}\n");
    expect(userInstallation(env)).toBe(file);
    expect(userInstallation({ ...env, TF_CLI_CONFIG_FILE: path.join(machineRoot, "missing") })).toBeUndefined();
  });
});
