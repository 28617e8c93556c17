// SPDX-License-Identifier: Apache-2.0
// Preloaded into a measured process: writes its largest resident set, in KiB, to the file descriptor of PART11_PEAK_FD.
const fs = require("node:fs");
process.on("exit", () => fs.writeSync(Number(process.env.PART11_PEAK_FD), String(process.resourceUsage().maxRSS)));
