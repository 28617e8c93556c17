// SPDX-License-Identifier: Apache-2.0
// Run as a process of its own: writes the sample run into a folder and kills itself after the n-th write that reached the disk.
import type * as nodeFs from "node:fs";

const [folder, killAfter] = [process.argv[2]!, Number(process.argv[3])];
let writes = 0;

// Before the evidence room is loaded: every journal entry and every file of a bundle ends with fsync.
const fs = require("node:fs") as typeof nodeFs;
const fsync = fs.fsyncSync;
fs.fsyncSync = (fd) => {
  fsync(fd);
  writes++;
  if (writes === killAfter) process.kill(process.pid, "SIGKILL");
};

const { sampleRun } = require("./sample-run") as typeof import("./sample-run");
sampleRun(folder);
process.stdout.write(String(writes));
