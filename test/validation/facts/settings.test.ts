// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadSettings, MAX_SETTINGS_BYTES, parseSettings } from "../../../validation/facts";
import { codeOf } from "./plan-fixture";

const parse = (text: string) => parseSettings(Buffer.from(text), "part11.yaml");

describe("gate settings", () => {
  test("without a file are the built-in ones", () => {
    expect(loadSettings("qualification", null)).toEqual({
      settings: {
        environment: "qualification",
        recordClasses: {
          clinical: { minimumYears: 7 },
          "trial-master-file": { minimumYears: 25 },
          atmp: { minimumYears: 30 },
        },
        defaultRecordClass: "clinical",
        inboxMinimumDays: 7,
        allowedRegions: [],
        deployRoleArns: [],
        sftpCidrs: [],
        unblinded: null,
        scannerRoleArns: [],
        buckets: [],
      },
      digest: null,
    });
  });

  test("from a file stand over the built-in ones, which keep what it leaves out", () => {
    const settings = parse("inboxMinimumDays: 30\nallowedRegions: [eu-west-1]\n");
    expect(settings).toMatchObject({
      inboxMinimumDays: 30,
      allowedRegions: ["eu-west-1"],
      defaultRecordClass: "clinical",
    });
  });

  test("add record classes to the built-in ones", () => {
    expect(Object.keys(parse("recordClasses: {imaging: {minimumYears: 15}}").recordClasses)).toEqual([
      "clinical",
      "trial-master-file",
      "atmp",
      "imaging",
    ]);
  });

  test("map a bucket to its role", () => {
    const bucket = { name: "acme-*", role: "record", recordClass: "atmp" };
    expect(parse(`buckets: [${JSON.stringify(bucket)}]`).buckets).toEqual([bucket]);
  });

  test("list the networks that may deliver", () => {
    const sftpCidrs = ["203.0.113.0/24", "2001:db8:7::/64"];
    expect(parse(`sftpCidrs: ${JSON.stringify(sftpCidrs)}`).sftpCidrs).toEqual(sftpCidrs);
  });

  test("list the folders that are unblinded, none as well", () => {
    expect(parse("unblinded: [corvid/st-101]").unblinded).toEqual(["corvid/st-101"]);
    expect(parse("unblinded: []").unblinded).toEqual([]);
  });

  test("name the roles of scanners", () => {
    const scanner = "arn:aws:iam::111122223333:role/house-scan";
    expect(parse(`scannerRoleArns: ["${scanner}"]`).scannerRoleArns).toEqual([scanner]);
  });

  test("of an unknown environment are refused", () => {
    expect(codeOf(() => loadSettings("prod", null))).toBe("SETTINGS_INVALID");
  });

  test.each([
    ["an unknown key", "inboxMinimumDay: 30", "SCHEMA_MISMATCH"],
    ["an environment, which only the command line gives", "environment: development", "SCHEMA_MISMATCH"],
    ["a number given as text", 'inboxMinimumDays: "30"', "SCHEMA_MISMATCH"],
    ["zero days", "inboxMinimumDays: 0", "SCHEMA_MISMATCH"],
    ["retention of no year", "recordClasses: {clinical: {minimumYears: 0}}", "SCHEMA_MISMATCH"],
    ["a network without a prefix", "sftpCidrs: [203.0.113.7]", "SCHEMA_MISMATCH"],
    ["a network with too long a prefix", "sftpCidrs: [203.0.113.7/33]", "SCHEMA_MISMATCH"],
    ["a folder without a study", "unblinded: [corvid]", "SCHEMA_MISMATCH"],
    ["a folder of every study", "unblinded: [corvid/*]", "SCHEMA_MISMATCH"],
    ["a folder with a slash at its end", "unblinded: [corvid/st-101/]", "SCHEMA_MISMATCH"],
    ["folders left open", "unblinded:", "SCHEMA_MISMATCH"],
    ["a role ARN with a wildcard", "deployRoleArns: ['arn:aws:iam::111122223333:role/*']", "SCHEMA_MISMATCH"],
    ["a scanner with a wildcard", "scannerRoleArns: ['arn:aws:iam::111122223333:role/house-*']", "SCHEMA_MISMATCH"],
    ["a bucket by address and name", "buckets: [{address: a, name: b, role: other}]", "SCHEMA_MISMATCH"],
    ["a bucket role that is none", "buckets: [{name: b, role: store}]", "SCHEMA_MISMATCH"],
    ["a list", "- a", "SCHEMA_MISMATCH"],
    ["nothing", "", "SCHEMA_MISMATCH"],
    ["a default class that is none", "defaultRecordClass: imaging", "SETTINGS_INVALID"],
    ["a bucket of a class that is none", "buckets: [{name: b, role: record, recordClass: x}]", "SETTINGS_INVALID"],
    ["a key twice", "inboxMinimumDays: 1\ninboxMinimumDays: 2", "SETTINGS_INVALID"],
    ["an unknown tag, which the parser only warns of", "inboxMinimumDays: !!js/function 1", "SETTINGS_INVALID"],
    ["a local tag", "defaultRecordClass: !x clinical", "SETTINGS_INVALID"],
    ["an alias", "allowedRegions: &a [eu-west-1]\ndeployRoleArns: *a", "SETTINGS_INVALID"],
    ["a second document", "inboxMinimumDays: 1\n---\ninboxMinimumDays: 2", "SETTINGS_INVALID"],
    ["a merge key", "recordClasses: {clinical: {<<: {minimumYears: 1}}}", "SCHEMA_MISMATCH"],
    ["__proto__", "recordClasses: {__proto__: {minimumYears: 9}}", "SCHEMA_MISMATCH"],
    ["broken YAML", "buckets: [", "SETTINGS_INVALID"],
  ])("with %s are refused", (_, text, code) => {
    expect(codeOf(() => parse(text))).toBe(code);
  });

  test("that are no UTF-8 are refused", () => {
    expect(codeOf(() => parseSettings(Buffer.from([0x61, 0xff]), "part11.yaml"))).toBe("SETTINGS_INVALID");
  });

  test("above 256 kB are refused", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      const file = path.join(folder, "part11.yaml");
      fs.writeFileSync(file, "#".repeat(MAX_SETTINGS_BYTES + 1));
      expect(codeOf(() => loadSettings("production", file))).toBe("FILE_TOO_LARGE");
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
