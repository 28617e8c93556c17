// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Part11Error } from "../../../../validation/error";
import { lockedProviders, readConfiguration } from "../../../../validation/plan/folder/configuration";
import { checkFolder } from "../../../../validation/plan/folder/make-folder-plan";
import { overrideText } from "../../../../validation/plan/folder/override";
import { copySources, sourcesOf } from "../../../../validation/plan/folder/sources";

const AWS = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n  hashes = ["h1:x"]\n}\n';
const ENDPOINT = "https://127.0.0.1:4566";

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-folder-"));
  put("main.tf", 'provider "aws" {\n  region = "eu-central-1"\n}\n');
  put(".terraform.lock.hcl", AWS);
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

function put(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  fs.writeFileSync(path.join(dir, file), text);
}

/** Code, expected and got of what refuses the folder. */
function refusal(): readonly string[] | undefined {
  try {
    checkFolder(dir);
    return undefined;
  } catch (error) {
    const { code, expected, got } = (error as Part11Error).parts;
    return [code, expected, got];
  }
}

it("accepts a folder with one pinned provider and modules of its own", () => {
  put("modules/a/main.tf", 'module "b" {\n  source = "../b"\n}\n');
  put("more.tf", 'module "a" {\n  source = "./modules/a"\n}\n');
  expect(refusal()).toBeUndefined();
});

it.each([
  ["from a registry", "terraform-aws-modules/s3-bucket/aws"],
  ["from git", "git::https://example.org/a.git"],
  ["from outside of the folder", "../modules/a"],
])("refuses a module %s", (_, source) => {
  put("more.tf", `module "a" {\n  source = "${source}"\n}\n`);
  expect(refusal()).toEqual(["DIR_REFUSED", "a module that lies in the folder", source]);
});

it("refuses a provider beside hashicorp/aws by its name", () => {
  put(".terraform.lock.hcl", `${AWS}provider "registry.terraform.io/hashicorp/random" {\n  version = "3.6.0"\n}\n`);
  expect(refusal()?.[2]).toBe("registry.terraform.io/hashicorp/random");
});

it("refuses a folder whose providers nothing pins", () => {
  fs.rmSync(path.join(dir, ".terraform.lock.hcl"));
  expect(refusal()?.slice(0, 2)).toEqual(["DIR_REFUSED", "the lock file beside the sources"]);
});

it("refuses a provider block that opens another session", () => {
  put("main.tf", 'provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::111122223333:role/x"\n  }\n}\n');
  expect(refusal()).toEqual(["DIR_REFUSED", "the session of the run", "assume_role"]);
});

it("refuses a link, which may lead out of the folder", () => {
  fs.symlinkSync("/etc/hostname", path.join(dir, "a.txt"));
  expect(refusal()?.[2]).toBe("a link");
});

it("refuses a folder without Terraform", () => {
  fs.rmSync(path.join(dir, "main.tf"));
  expect(refusal()?.[1]).toBe("a folder with .tf files");
});

it("reads the version of the provider from the lock file", () => {
  expect(lockedProviders(dir)).toEqual([{ namespace: "hashicorp", type: "aws", version: "5.100.0" }]);
});

it("leaves state, plans and what init made out of the sources", () => {
  for (const made of ["terraform.tfstate", "terraform.tfstate.backup", "a.tfplan", ".terraform/modules/modules.json"])
    put(made, "{}");
  expect(sourcesOf(dir).map((file) => file.path)).toEqual([".terraform.lock.hcl", "main.tf"]);
});

it("does not copy a file that changed since it was listed", () => {
  const sources = sourcesOf(dir);
  put("main.tf", "# another\n");
  expect(() => copySources(dir, sources, path.join(dir, "copy"))).toThrow(Part11Error);
});

describe("the override file", () => {
  const override = () => JSON.parse(overrideText(readConfiguration(dir, sourcesOf(dir)), ENDPOINT));

  it("points every provider block at the embedded AWS, aliased ones too", () => {
    put("more.tf", 'provider "aws" {\n  alias = "copies"\n}\n');
    const blocks: ReadonlyArray<{ alias?: string; endpoints: [Record<string, string>] }> = override().provider.aws;
    expect(blocks.map(({ alias, endpoints: [to] }) => [alias, new Set(Object.values(to))])).toEqual([
      [undefined, new Set([ENDPOINT])],
      ["copies", new Set([ENDPOINT])],
    ]);
  });

  it("takes away the credentials that a block names", () => {
    put("main.tf", 'provider "aws" {\n  profile = "acme"\n}\n');
    expect(override().provider.aws[0]).toMatchObject({ profile: null });
  });

  it("points the default provider there where no block is written for it", () => {
    put("main.tf", 'provider "aws" {\n  alias = "only"\n}\n');
    expect(override().provider.aws.map(({ alias = null }) => alias)).toEqual([null, "only"]);
  });

  it("keeps the state beside the plan, whatever backend there is", () => {
    expect(override().terraform).toEqual({ backend: { local: { path: "terraform.tfstate" } } });
  });
});
