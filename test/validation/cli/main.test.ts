// SPDX-License-Identifier: Apache-2.0
import { main, VERBS } from "../../../validation/cli";
import { fixtureProject, removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";

afterAll(removeTemporaryFolders);

async function run(argv: string[], cwd = temporaryFolder(), env: NodeJS.ProcessEnv = process.env) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const code = await main(argv, { stdout: stream("stdout"), stderr: stream("stderr"), env, cwd });
  return { code, ...written };
}

/** A verb whose stdout throws. */
async function stoppedBy(thrown: unknown, env: NodeJS.ProcessEnv = {}) {
  let stderr = "";
  const stdout = {
    write: () => {
      throw thrown;
    },
  };
  const code = await main(["controls"], { stdout, stderr: { write: (text) => (stderr += text) }, env, cwd: "/" });
  return { code, stderr };
}

const PLAN = ["plan", "--stack", "builtin", "--environment", "production", "--out", "out"];

test("help names every verb and exits 0", async () => {
  const { code, stdout } = await run(["--help"]);
  expect([code, Object.keys(VERBS).filter((verb) => !stdout.includes(`\n  ${verb} `))]).toEqual([0, []]);
});

test("the version is the package's", async () => {
  const version = expect.stringMatching(/^\d+\.\d+\.\d+\n$/);
  expect(await run(["--version"])).toEqual({ code: 0, stdout: version, stderr: "" });
});

test("without a verb the help goes to stderr and the exit code is 2", async () => {
  expect(await run([])).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining("Usage: part11") });
});

test.each([
  ["an unknown verb", ["paln"]],
  ["a name of Object's prototype", ["constructor"]],
  ["an unknown option", ["--nope"]],
])("%s exits 2 with one sentence and nothing on stdout", async (_title, argv) => {
  const { code, stdout, stderr } = await run(argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^part11: USAGE: [^\n]+\n$/);
});

test.each([
  ["an error with a message", new Error("disk on\nfire"), "disk on\\u{a}fire"],
  ["an error without one", new Error(), "an error without a message"],
  ["something that is no error", "a string", "a string"],
])("%s that nobody expects is a whole sentence with the code INTERNAL", async (_title, thrown, got) => {
  expect(await stoppedBy(thrown)).toEqual({
    code: 2,
    stderr: `part11: INTERNAL: unexpected error in part11 controls: expected no error but those that part11 knows, got ${got}; report it with the output of the same command under PART11_DEBUG=1\n`,
  });
});

test("under PART11_DEBUG an unexpected error shows where it came from", async () => {
  const { stderr } = await stoppedBy(new Error("fire"), { PART11_DEBUG: "1" });
  expect(stderr).toMatch(/^part11: INTERNAL: [^\n]+\nError: fire\n +at /);
});

test.each([
  [["plan", "--stack", "x", "--enviroment", "production", "--out", "o"], "--enviroment", "--environment"],
  [["gate", "--plam", "plan.json", "--environment", "production"], "--plam", "--plan"],
  [["facts", "--plan=p", "--enviroment=production"], "--enviroment", "--environment"],
  [["policy", "build", "folder", "--ot", "x"], "--ot", "--out"],
  [["policy", "diff", "--jsn"], "--jsn", "--json"],
  [["control", "new", "P11-30-09", "--titel", "x"], "--titel", "--title"],
  [["verify", "--kee", "seal.pub.pem"], "--kee", "--key"],
  [["explain", "--hlep"], "--hlep", "--help"],
])(
  "part11 %j says that an option is unknown and which one is meant, not that one is missing",
  async (argv, given, meant) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, `${stdout}${stderr}`]).toEqual([
      2,
      expect.stringContaining(`unknown option '${given}' (Did you mean ${meant}?)`),
    ]);
  },
);

test("a required option that is missing is named where every other one is known", async () => {
  const { stderr } = await run(["gate", "--plan", "plan.json"]);
  expect(stderr).toContain("required option '--environment <environment>' not specified");
});

describe("plan", () => {
  const misuses: [string, string[]][] = [
    ["without its required options", ["plan"]],
    ["with an unknown environment", ["plan", "--stack", "builtin", "--environment", "staging", "--out", "out"]],
    ["with an unknown target", [...PLAN, "--target", "gcp"]],
    ["with a surplus argument", [...PLAN, "surplus"]],
    ["with an endpoint but no emulator", [...PLAN, "--emulator-endpoint", "https://127.0.0.1:1"]],
  ];

  test.each(misuses)("%s exits 2", async (_title, argv) => {
    const sentence = expect.stringMatching(/^part11: USAGE: [^\n]+\n$/);
    expect(await run(argv)).toEqual({ code: 2, stdout: "", stderr: sentence });
  });

  test("outside a CDKTF project exits 2 and says what to do", async () => {
    const { code, stderr } = await run(PLAN);
    expect([code, stderr]).toEqual([2, expect.stringContaining("run part11 in the folder of your CDKTF project")]);
  });

  test("without Terraform exits 2", async () => {
    const env = { ...process.env, TERRAFORM_BINARY_NAME: "/nonexistent/terraform" };
    const { code, stderr } = await run(PLAN, fixtureProject(), env);
    expect([code, stderr]).toEqual([2, expect.stringContaining("TERRAFORM_MISSING")]);
  });

  test("prints the summary on stdout and the progress on stderr", async () => {
    const { code, stdout, stderr } = await run(PLAN, fixtureProject());
    expect(stdout).toMatch(/^builtin production, target offline \(never applied\)\nresources: 2 to create\n/);
    expect([code, stderr]).toEqual([0, expect.stringContaining("terraform plan\n")]);
  });

  test("prints its help and exits 0", async () => {
    const help = expect.stringContaining("--emulator-endpoint");
    expect(await run(["plan", "--help"])).toEqual({ code: 0, stdout: help, stderr: "" });
  });
});
