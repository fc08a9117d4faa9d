import { Repository, type EnvbuilderSettings, type RepositoryOptions } from "cdktf-coder-envbuilder";
import type { ContainerResult } from "./lab/envbuilder-container";
import { runPlanned } from "./lab/planned-container";
import { ProxyNetwork } from "./lab/proxy-network";

// What is cloned and what of it is built, behind the proxy: each option of a repository, in the real Envbuilder.

let lab: ProxyNetwork;
let url: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  const built = (name: string) => `FROM ${lab.baseImage}\nRUN echo ${name} >/built\n`;
  url = await lab.repository(
    "options",
    {
      version: "main\n",
      ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
      ".devcontainer/Dockerfile": built("usual"),
      "dev/other.json": JSON.stringify({ build: { dockerfile: "Other" } }),
      "dev/Other": built("other"),
      "docker/Plain": built("plain"),
      "docker/Copying": `FROM ${lab.baseImage}\nCOPY version /built\n`,
    },
    {
      references: {
        "refs/heads/feature/a": { version: "feature\n" },
        "refs/tags/v1": { version: "tag\n" },
      },
    },
  );
}, 120_000);

function run(
  name: string,
  options: RepositoryOptions,
  more: Partial<EnvbuilderSettings> = {},
): Promise<ContainerResult> {
  return runPlanned(
    lab,
    `options-${name}`,
    { repository: Repository.at(url, options), ...more },
    { initScript: "cat version /built" },
  );
}

test.each<[string, RepositoryOptions, string]>([
  ["the default branch, whose dev container is built", {}, "main\nusual\n"],
  ["a branch", { branch: "feature/a" }, "feature\nusual\n"],
  ["a tag", { ref: "refs/tags/v1" }, "tag\nusual\n"],
  ["one branch alone", { branch: "feature/a", singleBranch: true }, "feature\nusual\n"],
  ["the last commit alone", { cloneDepth: 1 }, "main\nusual\n"],
  ["a dev container elsewhere", { devcontainerDirectory: "dev", devcontainerFile: "other.json" }, "main\nother\n"],
  ["a Dockerfile", { dockerfile: "docker/Plain" }, "main\nplain\n"],
  [
    "a Dockerfile with the repository as its context",
    { dockerfile: "docker/Copying", buildContext: "." },
    "main\nmain\n",
  ],
])("takes %s", async (what, options, expected) => {
  expect(await run(what.replaceAll(/\W/g, "-"), options)).toMatchObject({ status: 0, stdout: expected });
});

test("clones into the folder of the author's choice", async () => {
  const { stdout } = await run("folder", {}, { workspaceFolder: "/srv/here" });

  expect(stdout).toBe("main\nusual\n");
});

test("fails on a branch that is not there", async () => {
  const { status, text } = await run("missing", { branch: "missing" });

  expect(text).toContain("reference not found");
  expect(status).not.toBe(0);
});
