// SPDX-License-Identifier: Apache-2.0
// The gate in the CI of others: what a pull request brings must not decide how it is judged.
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { removeTemporaryFolders, temporaryFolder } from "./validation/plan/fixture-app/project";

const FOLDER = path.join(__dirname, "..", "action");
const read = (name: string) => fs.readFileSync(path.join(FOLDER, name), "utf8");

type Input = {
  readonly required?: boolean;
  readonly default?: string;
  readonly regex?: string;
  readonly options?: string[];
};
interface Action {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly runs: {
    readonly using: string;
    readonly steps: ReadonlyArray<{
      readonly uses?: string;
      readonly run?: string;
      readonly env?: Record<string, string>;
    }>;
  };
}
interface Template {
  readonly "part11-gate": {
    readonly script: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
    readonly artifacts: { readonly when: string; readonly reports: { readonly junit: string } };
  };
}

function documents(name: string): readonly unknown[] {
  const parsed = parseAllDocuments(read(name));
  expect(
    parsed.flatMap(({ errors, warnings }: { errors: unknown[]; warnings: unknown[] }) => [...errors, ...warnings]),
  ).toEqual([]);
  return parsed.map((document) => document.toJS());
}

const [action] = documents("action.yml") as [Action];
const [head, template] = documents("gitlab.yml") as [{ spec: { inputs: Record<string, Input> } }, Template];
const job = template["part11-gate"];

afterAll(removeTemporaryFolders);

describe("the GitHub Action", () => {
  test("is a composite of plain steps, any foreign one pinned by its commit", () => {
    expect(action.runs.using).toBe("composite");
    const foreign = action.runs.steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(foreign.filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  test("puts no expression into a script: inputs arrive as environment", () => {
    expect(action.runs.steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    const given = Object.values(action.runs.steps[0]!.env!).join(" ");
    for (const name of Object.keys(action.inputs)) expect(given).toContain(`\${{ inputs.${name} }}`);
  });

  test("wants a version, a plan and an environment", () => {
    const required = Object.entries(action.inputs).filter(([, input]) => input.required);
    expect(required.map(([name]) => name).sort()).toEqual(["environment", "plan", "version"]);
  });

  test("takes the base from the branch that a pull request is for, else the default branch", () => {
    const { BASE } = action.runs.steps[0]!.env!;
    expect(BASE).toBe("${" + "{ github.base_ref && format('refs/heads/{0}', github.base_ref) || 'HEAD' }}");
  });
});

describe("the GitLab template", () => {
  test("puts no input into a script: inputs arrive as variables", () => {
    expect(job.script.filter((line) => line.includes("$[["))).toEqual([]);
    const given = JSON.stringify(template);
    for (const name of Object.keys(head.spec.inputs)) expect(given).toContain(`$[[ inputs.${name} ]]`);
  });

  test("checks out nothing of the merge request, and keeps its reports when it fails", () => {
    expect(job.variables.GIT_STRATEGY).toBe("none");
    expect(job.artifacts).toMatchObject({ when: "always", reports: { junit: "part11-reports/gate.xml" } });
  });

  test("takes an exact version only", () => {
    const { regex } = head.spec.inputs.version!;
    expect(
      ["0.1.0", "1.2.3-rc.1", "latest", "^1.0.0", "1.x", "1.0.0 evil"].filter((v) => new RegExp(regex!).test(v)),
    ).toEqual(["0.1.0", "1.2.3-rc.1"]);
  });
});

test("nothing runs with the rights of the base on behalf of a pull request", () => {
  for (const name of fs.readdirSync(FOLDER)) expect(read(name)).not.toContain("pull_request_target");
});

/** A forge with a protected branch, a workspace of a pull request with its own idea of settings, and an npm that installs a witness. */
function forge() {
  const root = temporaryFolder();
  const folder = (name: string) => {
    fs.mkdirSync(path.join(root, name), { recursive: true });
    return path.join(root, name);
  };
  const [server, workspace, bin, home] = [
    folder("forge/acme/zone"),
    folder("workspace"),
    folder("bin"),
    folder("home"),
  ];
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", server, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args]);
  git("init", "--quiet", "--initial-branch=main");
  for (const name of [
    "part11.yaml",
    "waivers.yaml",
    "rules/house.wasm",
    "rules/house.json",
    "acme.wasm",
    "acme.json",
    "house.tar.gz",
  ]) {
    for (const place of [server, workspace]) fs.mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    fs.writeFileSync(path.join(server, name), `of the base: ${name}`);
    fs.writeFileSync(path.join(workspace, name), "of the pull request");
  }
  git("add", ".");
  git("commit", "--quiet", "-m", "base");
  fs.writeFileSync(path.join(workspace, "plan.json"), "{}");
  fs.writeFileSync(path.join(workspace, ".npmrc"), "registry=http://evil.invalid/");
  const witness = path.join(root, "witness.json");
  fs.writeFileSync(path.join(bin, "cli.js"), WITNESS);
  const npm = `#!/usr/bin/env bash\n[ "$NPM_FAILS" != 1 ] || exit 1\nmkdir -p node_modules/cdktf-part11/dist/validation
cp "${bin}/cli.js" node_modules/cdktf-part11/dist/validation/cli.js\nprintf '%s' "$*" >"${root}/npm.txt"\npwd >>"${root}/npm.txt"\n`;
  fs.writeFileSync(path.join(bin, "npm"), npm, { mode: 0o755 });
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: home, WITNESS: witness, GIT_CONFIG_NOSYSTEM: "1" };
  return {
    root,
    workspace,
    env,
    witness,
    seen: () => JSON.parse(fs.readFileSync(witness, "utf8")),
    npm: () => fs.readFileSync(path.join(root, "npm.txt"), "utf8"),
  };
}

/** In the place of the gate: tells what it was given, writes the comment and exits as it is told. */
const WITNESS = `
const fs = require("node:fs");
const argv = process.argv.slice(2);
const after = (name) => argv[argv.indexOf(name) + 1];
const text = (name) => (argv.includes(name) ? fs.readFileSync(after(name), "utf8") : null);
const bundle = text("--bundle");
const beside = argv.includes("--bundle") && after("--bundle").replace(/wasm$/, "json");
const sidecar = beside && beside !== after("--bundle") ? fs.readFileSync(beside, "utf8") : null;
const given = { settings: text("--settings"), waivers: text("--waivers"), bundle, sidecar };
fs.writeFileSync(process.env.WITNESS, JSON.stringify({ argv, ...given }));
for (const report of argv.filter((arg) => arg.startsWith("markdown="))) fs.writeFileSync(report.slice(9), "## a comment\\n");
process.exitCode = Number(process.env.GATE_EXIT);
`;

const NAMED = { VERSION: "0.1.0", PLAN: "plan.json", ENVIRONMENT: "production", SYNTH: "", LOCK: "" };
const ALL = { ...NAMED, SETTINGS: "part11.yaml", WAIVERS: "waivers.yaml", BUNDLE: "" };

function onGithub(over: Record<string, string> = {}) {
  const place = forge();
  const temp = path.join(place.root, "temp");
  fs.mkdirSync(temp);
  const [output, summary] = [path.join(place.root, "output"), path.join(place.root, "summary")];
  const github = {
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_REPOSITORY: "acme/zone",
  };
  const server = { GITHUB_SERVER_URL: `file://${place.root}/forge`, BASE: "refs/heads/main", TOKEN: "t0ken" };
  const env = { ...place.env, ...github, ...server, ...ALL, GATE_EXIT: "0", ...over };
  const run = spawnSync("bash", [path.join(FOLDER, "gate.sh")], { cwd: place.workspace, env, encoding: "utf8" });
  const told = (file: string) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
  return { ...place, ...run, output: told(output), summary: told(summary) };
}

function onGitlab(over: Record<string, string> = {}) {
  const place = forge();
  const temp = path.join(place.root, "temp");
  fs.mkdirSync(temp);
  const gitlab = {
    TMPDIR: temp,
    CI_REPOSITORY_URL: `file://${place.root}/forge/acme/zone`,
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
  };
  const env = { ...place.env, ...gitlab, ...ALL, GATE_EXIT: "0", ...over };
  const run = spawnSync("bash", ["-eo", "pipefail", "-c", job.script.join("\n")], {
    cwd: place.workspace,
    env,
    encoding: "utf8",
  });
  return { ...place, ...run, left: fs.readdirSync(temp) };
}

describe.each([
  ["GitHub", onGithub],
  ["GitLab", onGitlab],
])("on %s", (_, run) => {
  test.each(["0", "1", "2"])("the exit code of the gate, %s, is that of the job", (code) => {
    expect(run({ GATE_EXIT: code }).status).toBe(Number(code));
  });

  test("settings and waivers are those of the base, not of the pull request", () => {
    expect(run().seen()).toMatchObject({ settings: "of the base: part11.yaml", waivers: "of the base: waivers.yaml" });
  });

  test.each([
    ["a folder", "rules", "rules/house.wasm", "rules/house.json"],
    ["a folder with a slash behind it", "rules/", "rules/house.wasm", "rules/house.json"],
    ["a wasm", "rules/house.wasm", "rules/house.wasm", "rules/house.json"],
    ["a wasm of another name, not in a folder", "acme.wasm", "acme.wasm", "acme.json"],
    ["an archive", "house.tar.gz", "house.tar.gz", undefined],
  ])("house rules in %s are those of the base, their sidecar too", (__, BUNDLE, bundle, sidecar) => {
    expect(run({ BUNDLE }).seen()).toMatchObject({
      bundle: `of the base: ${bundle}`,
      sidecar: sidecar === undefined ? null : `of the base: ${sidecar}`,
    });
  });

  test("without house rules none are given", () => {
    expect(run().seen().argv).not.toContain("--bundle");
  });

  test("the gate is the published package of that version, installed outside the workspace without scripts", () => {
    const { npm, workspace } = run();
    expect(npm()).toMatch(/--ignore-scripts .*cdktf-part11@0\.1\.0/);
    expect(npm()).not.toContain(workspace);
  });

  test("an input stays one argument, whatever is in it", () => {
    const PLAN = 'a b"; echo $(touch owned) `touch owned` * .json';
    const { seen, workspace } = run({ PLAN });
    expect(seen().argv.slice(0, 3)).toEqual(["gate", "--plan", PLAN]);
    expect(fs.readdirSync(workspace)).not.toContain("owned");
  });

  test.each([
    ["settings that the base does not have", { SETTINGS: "absent.yaml" }],
    ["waivers that the base does not have", { WAIVERS: "absent.yaml" }],
    ["house rules that the base does not have", { BUNDLE: "absent" }],
    ["an archive that the base does not have", { BUNDLE: "absent.tar.gz" }],
    ["a package that cannot be installed", { NPM_FAILS: "1" }],
  ])("%s end with 2 before anything is judged", (__, over) => {
    const { status, witness } = run(over);
    expect({ status, judged: fs.existsSync(witness) }).toEqual({ status: 2, judged: false });
  });
});

describe("on GitLab", () => {
  test.each([
    ["that was judged", {}],
    ["that could not be judged", { NPM_FAILS: "1" }],
  ])("a job %s leaves nothing in the runner's temporary folder", (_, over) => {
    expect(onGitlab(over).left).toEqual([]);
  });
});

describe("on GitHub", () => {
  test("a version that is not exact is refused", () => {
    expect(onGithub({ VERSION: "latest" }).status).toBe(2);
  });

  test("the comment is the summary of the job, and reports and exit code are outputs", () => {
    const { output, summary } = onGithub({ GATE_EXIT: "1" });
    expect(summary).toBe("## a comment\n");
    expect(output).toMatch(/^reports=.*\/reports\nexit-code=1\n$/);
  });

  test("the token stands in no argument and in nothing that is printed", () => {
    const { stdout, stderr, seen } = onGithub();
    expect(`${stdout}${stderr}${JSON.stringify(seen())}`).not.toMatch(/t0ken|eC1hY2Nlc3M/);
  });
});
