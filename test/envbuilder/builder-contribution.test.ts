import { contributeBuilder } from "../../constructs/envbuilder/builder-contribution";
import { Environment } from "../../constructs/envbuilder/environment";
import { Repository } from "../../constructs/settings/repository";
import { literalOf } from "../../constructs/settings/text";
import { refusal, refusedBy } from "../refusal";

type Settings = Parameters<typeof contributeBuilder>[0];

function variables(settings: Settings): { [name: string]: unknown } {
  const env = new Environment();
  contributeBuilder(settings, env);
  return Object.fromEntries(env.sorted().map(({ name, value }) => [name, literalOf(value) ?? value[0]]));
}

function ids(settings: Settings): string[] {
  return (contributeBuilder(settings, new Environment()).warnings ?? []).map(({ id }) => id);
}

describe("contributeBuilder", () => {
  test("says nothing unless told", () => {
    expect(variables({})).toEqual({});
    expect(variables({ exitOnBuildFailure: false, forceSafe: false, verbose: false, agentSubsystems: [] })).toEqual({});
  });

  test("sets each option of its own", () => {
    expect(
      variables({
        fallbackImage: "registry.example.com:5000/team/base:1.0",
        exitOnBuildFailure: true,
        workspaceBaseDirectory: "/home/coder",
        forceSafe: true,
        binaryPath: "/opt/envbuilder",
        verbose: true,
        agentSubsystems: ["exectrace", "envbox"],
      }),
    ).toEqual({
      CODER_AGENT_SUBSYSTEM: "exectrace,envbox",
      ENVBUILDER_BINARY_PATH: "/opt/envbuilder",
      ENVBUILDER_EXIT_ON_BUILD_FAILURE: "true",
      ENVBUILDER_FALLBACK_IMAGE: "registry.example.com:5000/team/base:1.0",
      ENVBUILDER_FORCE_SAFE: "true",
      ENVBUILDER_VERBOSE: "true",
      ENVBUILDER_WORKSPACE_BASE_DIR: "/home/coder",
    });
    expect(variables({ workspaceFolder: "/workspaces/app" })).toEqual({
      ENVBUILDER_WORKSPACE_FOLDER: "/workspaces/app",
    });
  });

  test.each<Settings>([
    { fallbackImage: "${var.image}" },
    { fallbackImage: `debian@sha256:${"0".repeat(64)}` },
    { workspaceBaseDirectory: "${var.folder}" },
    { workspaceFolder: "/workspaces/${var.folder}" },
  ])("takes %j", (settings) => {
    expect(Object.values(variables(settings))).toEqual(Object.values(settings));
  });

  test("does not show the password of a fallbackImage", () => {
    expect(refusal(() => variables({ fallbackImage: "https://alice:hunter2@r.example.com/x" }))).not.toContain(
      "hunter2",
    );
  });

  test.each<[string, Settings]>([
    ["workspace-folder-malformed", { workspaceFolder: "app" }],
    ["workspace-folder-malformed", { workspaceBaseDirectory: "/workspaces/" }],
    ["workspace-folder-malformed", { workspaceBaseDirectory: "/" }],
    ["workspace-folder-twice", { workspaceFolder: "/workspaces/app", workspaceBaseDirectory: "/workspaces" }],
    ["binary-path-malformed", { binaryPath: "envbuilder" }],
    ["fallback-image-malformed", { fallbackImage: "" }],
    ["fallback-image-malformed", { fallbackImage: "debian AS base" }],
    ["fallback-image-malformed", { fallbackImage: "Debian" }],
    ["fallback-image-malformed", { fallbackImage: "https://r.example.com/x" }],
    ["fallback-image-malformed", { fallbackImage: "docker://${var.image}" }],
    ["agent-subsystem-malformed", { agentSubsystems: ["a,b"] }],
    ["agent-subsystem-malformed", { agentSubsystems: ["exectrace", ""] }],
  ])("fails with %s on %j", (id, settings) => {
    expect(refusedBy(() => variables(settings))).toBe(id);
  });

  test("warns with devcontainer-directory-without-fallback", () => {
    const repository = Repository.at("https://git.test/a", { devcontainerDirectory: "dev" });

    expect(ids({ repository, fallbackImage: "debian:12" })).toEqual(["devcontainer-directory-without-fallback"]);
    expect(ids({ repository })).toEqual([]);
    expect(ids({ repository: Repository.at("https://git.test/a"), fallbackImage: "debian:12" })).toEqual([]);
  });
});
