// quick: Node only, under a minute. real: against the real programs, see test/real/README.md.
const shared = {
  setupFiles: ["<rootDir>/test/random.ts"],
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^cdktf-coder-envbuilder$": "<rootDir>/constructs/index.ts",
    "^cdktf-coder-envbuilder/(docker|kubernetes)$": "<rootDir>/constructs/$1/index.ts",
    "^cdktf-coder-envbuilder/(coder|envbuilder)$": "<rootDir>/constructs/providers/$1/index.js",
    "^cdktf-coder-envbuilder/(coder|envbuilder)/(.+)$": "<rootDir>/constructs/providers/$1/$2/index.js",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
};

module.exports = {
  testSequencer: "<rootDir>/test/real/sequencer.js",
  coverageProvider: "v8",
  collectCoverageFrom: ["constructs/**/*.ts"],
  projects: [
    {
      ...shared,
      displayName: "quick",
      roots: ["<rootDir>/test"],
      testPathIgnorePatterns: ["<rootDir>/test/real/", "<rootDir>/test/bench/"],
    },
    {
      ...shared,
      displayName: "real",
      roots: ["<rootDir>/test/real"],
      globalSetup: "<rootDir>/test/real/setup.ts",
      globalTeardown: "<rootDir>/test/real/teardown.ts",
      setupFilesAfterEnv: ["<rootDir>/test/real/time-limit.ts"],
    },
  ],
};
