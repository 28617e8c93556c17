// SPDX-License-Identifier: Apache-2.0
// Run as a process: the calls that the verb `gate` makes, each timed by itself, in milliseconds on stdout. Leaves the
// facts and what the policies said of them in a folder. Arguments: the files as JSON, the folder.
const fs = require("node:fs");
const path = require("node:path");

const [files, folder] = process.argv.slice(2);
const took = {};
let last = performance.now();

function phase(name, value) {
  const now = performance.now();
  took[name] = now - last;
  last = now;
  return value;
}

const { decide, evaluate, factsFor, loadPolicy } = require("../../dist/validation/gate");
phase("load code");
const policy = phase("load policy", loadPolicy());
const facts = phase("facts", factsFor(policy, JSON.parse(files), process.cwd()));
const evaluation = phase("evaluate", evaluate(facts, policy));
phase("decide", decide(facts, policy, evaluation));

fs.writeFileSync(path.join(folder, "facts.json"), JSON.stringify(facts));
fs.writeFileSync(path.join(folder, "evaluation.json"), JSON.stringify(evaluation));
process.stdout.write(JSON.stringify(took));
