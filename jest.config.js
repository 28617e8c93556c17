/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testSequencer: "<rootDir>/test/longest-first.js",
  globalSetup: "<rootDir>/test/opa-before-tests.ts",
  testPathIgnorePatterns: process.env.PART11_FULL ? ["/node_modules/"] : ["/node_modules/", "<rootDir>/test/full/"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript", decorators: true } }, module: { type: "commonjs" } },
    ],
  },
  // Jest leaves one core idle; on two cores that doubles the time, and the emulator tests wait more than they compute.
  maxWorkers: 2,
  // A limit for what hangs, not for what is slow: a busy machine takes three times as long.
  testTimeout: 180000,
};
