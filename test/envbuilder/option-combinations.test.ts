import { Environment } from "../../constructs/envbuilder/environment";
import { checkCombinations, combinationWarnings } from "../../constructs/envbuilder/option-combinations";
import { refusedBy, verdict } from "../refusal";

function environment(variables: Record<string, string>): Environment {
  const env = new Environment();
  for (const [name, value] of Object.entries(variables)) env.add("environment", name, value);
  return env;
}

function ids(variables: Record<string, string>): string[] {
  return combinationWarnings(environment(variables)).map(({ id }) => id);
}

describe("checkCombinations", () => {
  test.each<[string, Record<string, string>]>([
    ["init-args-hide-init-script", { ENVBUILDER_INIT_ARGS: "-c ls", ENVBUILDER_INIT_SCRIPT: "${local.script}" }],
    ["ssh-key-twice", { ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH: "/k", ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64: "${var.k}" }],
    ["get-cached-image-without-cache-repo", { ENVBUILDER_GET_CACHED_IMAGE: "true" }],
  ])("fails with %s on %j", (id, variables) => {
    expect(refusedBy(() => checkCombinations(environment(variables)))).toBe(id);
  });

  test.each<Record<string, string>>([
    {},
    { ENVBUILDER_INIT_ARGS: "-c ls" },
    { ENVBUILDER_INIT_ARGS: "", ENVBUILDER_INIT_SCRIPT: "ls" },
    { ENVBUILDER_GET_CACHED_IMAGE: "0" },
    { ENVBUILDER_GET_CACHED_IMAGE: "true", ENVBUILDER_CACHE_REPO: "r.test/cache" },
  ])("takes %j", (variables) => {
    expect(verdict(() => checkCombinations(environment(variables)))).toBeUndefined();
  });
});

describe("combinationWarnings", () => {
  test("warn with registry-mirror-without-effect", () => {
    expect(ids({ KANIKO_REGISTRY_MIRROR: "mirror.test" })).toEqual(["registry-mirror-without-effect"]);
  });
});
