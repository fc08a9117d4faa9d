import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { Environment } from "../../constructs/envbuilder/environment";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { contributeStart, type StartSurroundings } from "../../constructs/envbuilder/start-contribution";
import { ImageCache } from "../../constructs/settings/image-cache";
import { Repository } from "../../constructs/settings/repository";
import { literalOf } from "../../constructs/settings/text";
import { refusal, refusedBy } from "../refusal";

function contribute(
  settings: Partial<EnvbuilderSettings>,
  initArguments?: readonly string[],
  around: StartSurroundings = {},
): Record<string, string | undefined> {
  const env = new Environment();
  contributeStart(
    { repository: Repository.at("https://git.test/a.git"), ...settings },
    { initArguments, ...around },
    env,
  );
  return Object.fromEntries(env.sorted().map(({ name, value }) => [name, literalOf(value)]));
}

describe("contributeStart", () => {
  test("says nothing without settings", () => {
    expect(contribute({})).toEqual({});
    expect(contribute({}, [])).toEqual({});
  });

  test("names command and files", () => {
    expect(
      contribute({ initCommand: "/bin/bash", postStartScriptPath: "/tmp/start.sh", exportEnvFile: "/etc/exported" }),
    ).toEqual({
      ENVBUILDER_INIT_COMMAND: "/bin/bash",
      ENVBUILDER_POST_START_SCRIPT_PATH: "/tmp/start.sh",
      ENVBUILDER_EXPORT_ENV_FILE: "/etc/exported",
    });
  });

  test.each(["initCommand", "postStartScriptPath", "exportEnvFile"])(
    "fails with container-path-malformed where %s is no absolute path",
    (prop) => {
      for (const path of ["bash", "./x", "/a/../b", "/a/", "/", ""]) {
        expect(refusedBy(() => contribute({ [prop]: path }))).toBe("container-path-malformed");
      }
      expect(refusal(() => contribute({ [prop]: "bash" }))).toContain(`${prop} "bash" must be`);
    },
  );

  test("hands over the script, which is secret where it is an agent's, and the agent", () => {
    const env = new Environment();
    const around = { initScript: ["ls"], agent: { url: "https://coder.test", token: "${coder_agent.main.token}" } };
    contributeStart({ repository: Repository.at("https://git.test/a.git") }, around, env);

    expect(env.sorted().map(({ name, secret }) => [name, secret])).toEqual([
      ["CODER_AGENT_TOKEN", true],
      ["CODER_AGENT_URL", false],
      ["ENVBUILDER_INIT_SCRIPT", true],
    ]);
  });

  test("fails with init-args-hide-init-script on both", () => {
    expect(refusedBy(() => contribute({}, ["-c", "ls"], { initScript: ["ls"] }))).toBe("init-args-hide-init-script");
  });

  test("only looks for an image where there is a place to look in", () => {
    const getCachedImage = true;

    expect(contribute({ cache: ImageCache.at("registry.test/cache") }, [], { getCachedImage })).toEqual({
      ENVBUILDER_GET_CACHED_IMAGE: "true",
    });
    for (const cache of [undefined, ImageCache.inDirectory("/cache")]) {
      expect(refusedBy(() => contribute({ cache }, [], { getCachedImage }))).toBe(
        "get-cached-image-without-cache-repo",
      );
    }
  });

  test("hands over arguments that a shell takes apart into the same", () => {
    expect(contribute({}, ["-c", "echo 'it is' \"me\" $HOME", ""])).toEqual({
      ENVBUILDER_INIT_ARGS: `-c 'echo '\\''it is'\\'' "me" $HOME' ''`,
    });
    const word = fc.string({ unit: fc.constantFrom(...Array.from("ab '\"\\$`*;&|<>(){}#~!\t\n-=/é")) });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const line = contribute({}, words)["ENVBUILDER_INIT_ARGS"] ?? "";
        const apart = execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });

        expect(apart.split("\0").slice(0, -1)).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });
});
