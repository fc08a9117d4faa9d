import {
  DEFAULT_BUILDER_IMAGE,
  ENVBUILDER_OPTIONS,
  ENVBUILDER_VERSION,
  optionNamed,
  optionWithBareName,
} from "../../constructs/envbuilder/options";

const names = ENVBUILDER_OPTIONS.map(({ name }) => name);
const agentNames = names.filter((name) => name.startsWith("CODER_AGENT_"));
const named = (test: (one: (typeof ENVBUILDER_OPTIONS)[number]) => boolean): string[] =>
  ENVBUILDER_OPTIONS.filter(test).map(({ name }) => name);

describe("ENVBUILDER_OPTIONS", () => {
  test("are 40 with prefix and 3 of the Coder agent, each once", () => {
    expect(names.filter((name) => /^ENVBUILDER_[A-Z0-9_]+$/.test(name))).toHaveLength(40);
    expect(agentNames).toEqual(["CODER_AGENT_URL", "CODER_AGENT_TOKEN", "CODER_AGENT_SUBSYSTEM"]);
    expect(new Set(names).size).toBe(43);
    expect(names).toHaveLength(43);
  });

  test("are in the order of Envbuilder's source", () => {
    expect(names[0]).toBe("ENVBUILDER_SETUP_SCRIPT");
    expect(names.slice(34, 39)).toEqual(["ENVBUILDER_POST_START_SCRIPT_PATH", ...agentNames, "ENVBUILDER_PUSH_IMAGE"]);
    expect(names.at(-1)).toBe("ENVBUILDER_VERBOSE");
  });

  test("hold what is always a credential apart from what may be one", () => {
    expect(named(({ credential }) => credential === "always")).toEqual([
      "ENVBUILDER_DOCKER_CONFIG_BASE64",
      "ENVBUILDER_BUILD_SECRETS",
      "ENVBUILDER_GIT_PASSWORD",
      "ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64",
      "CODER_AGENT_TOKEN",
    ]);
    expect(named(({ credential }) => credential === "perhaps")).toEqual([
      "ENVBUILDER_SETUP_SCRIPT",
      "ENVBUILDER_INIT_SCRIPT",
      "ENVBUILDER_INIT_ARGS",
      "ENVBUILDER_GIT_URL",
      "ENVBUILDER_GIT_USERNAME",
      "ENVBUILDER_GIT_HTTP_PROXY_URL",
    ]);
  });

  test("say since when those exist that came after 1.0", () => {
    expect(named(({ since }) => since === "1.1.0")).toEqual([
      "ENVBUILDER_EXIT_ON_PUSH_FAILURE",
      "ENVBUILDER_BUILD_SECRETS",
      "ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64",
      "ENVBUILDER_WORKSPACE_BASE_DIR",
    ]);
    expect(named(({ since }) => since === "1.2.0")).toEqual(["ENVBUILDER_GIT_CLONE_THINPACK"]);
    expect(named(({ since }) => since !== undefined)).toHaveLength(5);
  });
});

describe("optionNamed", () => {
  test("finds options by the exact name", () => {
    expect(optionNamed("ENVBUILDER_VERBOSE")).toMatchObject({ type: "bool" });
    expect(optionNamed("CODER_AGENT_URL")).toMatchObject({ type: "string" });
    expect(optionNamed("envbuilder_verbose")).toBeUndefined();
    expect(optionNamed("VERBOSE")).toBeUndefined();
  });
});

describe("optionWithBareName", () => {
  test.each(names.filter((name) => !agentNames.includes(name)))("finds %s without its prefix, in any case", (name) => {
    const bare = name.replace("ENVBUILDER_", "");

    expect(optionWithBareName(bare)?.name).toBe(name);
    expect(optionWithBareName(bare.toLowerCase())?.name).toBe(name);
  });

  test.each(["CODER_AGENT_URL", "AGENT_URL", "ENVBUILDER_VERBOSE", "PATH", ""])("finds nothing for %j", (name) => {
    expect(optionWithBareName(name)).toBeUndefined();
  });
});

describe("DEFAULT_BUILDER_IMAGE", () => {
  test("is of the version that the table describes", () => {
    expect(ENVBUILDER_VERSION).toBe("1.3.0");
    expect(DEFAULT_BUILDER_IMAGE).toBe("ghcr.io/coder/envbuilder:1.3.0");
  });
});
