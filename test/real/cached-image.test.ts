import { CaBundle, CoderTemplate, ImageCache, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace, EnvbuilderContainer } from "cdktf-coder-envbuilder/docker";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { EnvbuilderProvider } from "cdktf-coder-envbuilder/envbuilder/provider";
import { LocalBackend, TerraformStack } from "cdktf";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { pushFeature } from "./lab/feature";
import { decryptedHosts } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";

// Terraform looks for the finished image before it makes a container: on a provisioner behind the proxy, with the real
// provider of Envbuilder.

const INIT = "cat /built.txt; echo MARKER; exec sleep 3600";
const MISS = "Cached image not found.";

let lab: ProxyNetwork;
let builderImage: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  builderImage = await lab.builderImage();
}, 120_000);

/** A repository whose image holds this text. */
async function repositoryOf(
  name: string,
  dockerfile: readonly string[] = [`RUN echo ${name} >/built.txt`],
): Promise<string> {
  return await lab.repository(name, {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": [`FROM ${lab.baseImage}`, ...dockerfile, ""].join("\n"),
    ".devcontainer/copied.txt": `${name}\n`,
  });
}

function cacheAt(path: string): ImageCache {
  return ImageCache.at(`registry.test:${settings.ports.registry}/${path}`, { push: true, probe: true });
}

/** Workspaces of one template, by the ids of their constructs. */
function applied(
  name: string,
  cache: ImageCache,
  repositories: Readonly<Record<string, Repository>>,
  environment: NodeJS.ProcessEnv = lab.hostEnvironment,
): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    for (const [id, repository] of Object.entries(repositories)) {
      new DockerWorkspace(template, id, {
        repository,
        builderImage,
        cache,
        agent: id === "workspace" ? {} : { name: id },
        proxy: Proxy.containerWide({ url: lab.proxy.url() }),
        ca: CaBundle.fromFile(lab.certificates.proxyCa),
        ...behindTheProxy(lab),
      });
    }
    return template;
  });
  return new AppliedWorkspace(directory, { name, initScript: INIT }, environment);
}

interface Started {
  readonly said: string;
  readonly log: string;
  readonly image: unknown;
  readonly exists: unknown;
  readonly shown: unknown;
}

async function started(workspace: AppliedWorkspace): Promise<Started> {
  const said = await workspace.start();
  const log = await workspace.logWith("MARKER\n");
  const cached = await workspace.attributes("envbuilder_cached_image.workspace[0]");
  const container = await workspace.attributes("docker_container.workspace[0]");
  const metadata = await workspace.attributes("coder_metadata.workspace[0]");
  return { said, log, image: container["image"], exists: cached["exists"], shown: metadata["item"] };
}

describe("a cached image", () => {
  test("is missed, built, pushed and found, from a provisioner behind the proxy", async () => {
    const repository = await repositoryOf("found", ["RUN echo found >/built.txt", "COPY copied.txt /copied.txt"]);
    const workspace = applied("found", cacheAt("found"), { workspace: Repository.at(repository) });
    const mark = lab.proxy.flows.mark();

    const miss = await started(workspace);
    const afterMiss = await workspace.planText();
    await workspace.stop();
    const hit = await started(workspace);
    const afterHit = await workspace.planText();
    await workspace.destroy();

    expect(miss).toMatchObject({ exists: false, image: builderImage });
    expect(miss.log).toContain("Pushed image!");
    expect(miss.shown).toMatchObject([
      { key: "image", value: builderImage },
      { key: "cached image", value: "no" },
      { key: "repository" },
    ]);
    // The next build of a workspace would look again, and make the container anew.
    expect(afterMiss).toContain("docker_container.workspace[0] must be replaced");
    expect(hit).toMatchObject({ exists: true, image: expect.stringMatching(/^registry\.test:5000\/found@sha256:/) });
    expect(hit.said).not.toContain(MISS);
    expect(hit.log).toContain("Found magic image file");
    expect(hit.log).not.toContain("Building image...");
    expect(hit.log).toContain("found\nMARKER\n");
    expect(hit.shown).toMatchObject([
      { key: "image", value: hit.image },
      { key: "cached image", value: "yes" },
      { key: "repository" },
    ]);
    expect(afterHit).toContain("No changes.");
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test", "registry.test"]);
  }, 300_000);

  test.each<[string, readonly string[], Parameters<typeof Repository.at>[1]]>([
    ["a clone of its own on the server's branch", [], { branch: "main", buildFromRemote: true }],
    ["another depth of the clone", [], { cloneDepth: 3 }],
    ["a user in the image", ["USER dev"], {}],
  ])(
    "is found with %s",
    async (what, lines, options) => {
      const name = `also-${what.replaceAll(/[^a-z]+/g, "-").slice(0, 12)}x`;
      const url = await repositoryOf(name, [`RUN echo ${name} >/built.txt`, ...lines]);
      const workspace = applied(name, cacheAt(name), { workspace: Repository.at(url, options) });

      const miss = await started(workspace);
      await workspace.stop();
      const hit = await started(workspace);
      await workspace.destroy();

      expect([miss.exists, hit.exists]).toEqual([false, true]);
      expect(hit.log).toContain(`${name}\nMARKER\n`);
    },
    300_000,
  );

  test("is found by each of two workspaces, whose images overwrite each other's tag in one cache", async () => {
    const one = await repositoryOf("one");
    const other = await repositoryOf("other");
    const workspace = applied("two", cacheAt("shared"), {
      workspace: Repository.at(one),
      other: Repository.at(other),
    });

    await workspace.start();
    await workspace.logWith("MARKER\n");
    await workspace.logWith("MARKER\n", 1, 120, ".other");
    await workspace.stop();
    await workspace.start();
    const found = await Promise.all(
      ["workspace", "other"].map((id) => workspace.attributes(`envbuilder_cached_image.${id}[0]`)),
    );
    const logs = [await workspace.logWith("MARKER\n"), await workspace.logWith("MARKER\n", 1, 120, ".other")];
    await workspace.destroy();

    expect(found).toMatchObject([{ exists: true }, { exists: true }]);
    expect(logs[0]).toContain("one\nMARKER\n");
    expect(logs[1]).toContain("other\nMARKER\n");
  }, 300_000);

  test("is not found where the provisioner does not trust the proxy: the workspace starts, and Terraform says why: probe-needs-provisioner", async () => {
    const { SSL_CERT_FILE: _, ...untrusting } = lab.hostEnvironment;
    const url = await repositoryOf("untrusted");
    const workspace = applied("untrusted", cacheAt("untrusted"), { workspace: Repository.at(url) }, untrusting);

    const first = await started(workspace);
    await workspace.stop();
    const second = await started(workspace);
    await workspace.destroy();

    for (const { said, exists, log } of [first, second]) {
      expect(said).toContain(MISS);
      expect(said.replaceAll(/\s+[│|]\s+/g, " ")).toMatch(/x509: certificate signed by unknown authority/);
      expect(exists).toBe(false);
      expect(log).toContain("untrusted\nMARKER\n");
    }
    // The layers are found by Envbuilder itself.
    expect(second.log).toContain("Found cached layer");
  }, 300_000);

  // Each would be found if it were built by the container alone: what differs is where the provider looks from.
  test.each<[string, () => Promise<Record<string, unknown>>, number]>([
    [
      "of a dev container with a feature",
      async () => ({ features: { [await pushFeature("cached", "true")]: {} } }),
      0o022,
    ],
    [
      "of build arguments that only the container knows",
      () => Promise.resolve({ build: { dockerfile: "Dockerfile", args: { only: "${localEnv:http_proxy}" } } }),
      0o022,
    ],
    ["under another umask", () => Promise.resolve({ build: { dockerfile: "Dockerfile" } }), 0o077],
  ])(
    "is never found %s: feature-never-found",
    async (what, devcontainer, umask) => {
      const name = `never-${what.replaceAll(/[^a-z]+/g, "-").slice(0, 14)}x`;
      const definition = await devcontainer();
      const url = await lab.repository(name, {
        ".devcontainer/devcontainer.json": JSON.stringify(
          "build" in definition ? definition : { image: lab.baseImage, ...definition },
        ),
        ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nARG only\nCOPY copied.txt /built.txt\nRUN true\n`,
        ".devcontainer/copied.txt": `${name}\n`,
      });
      const workspace = applied(name, cacheAt(name), { workspace: Repository.at(url) });

      const before = process.umask(umask);
      try {
        const first = await started(workspace);
        await workspace.stop();
        const second = await started(workspace);

        expect(first.log).toContain("Pushed image!");
        expect([first.exists, second.exists]).toEqual([false, false]);
        expect(second.said.replaceAll(/\s*\n\s*[│|]?\s*/g, " ")).toMatch(
          /uncached (RUN|COPY) command is not supported in cache probe mode/,
        );
      } finally {
        process.umask(before);
        await workspace.destroy();
      }
    },
    300_000,
  );

  test("serves a container without Coder, too", async () => {
    const url = await repositoryOf("plain");
    const directory = synthesized((app) => {
      const stack = new TerraformStack(app, "plain");
      new LocalBackend(stack, { path: "terraform.tfstate" });
      new DockerProvider(stack, "docker");
      new EnvbuilderProvider(stack, "envbuilder");
      stack.addOverride("terraform.required_providers.docker.version", ">= 3.6.2, < 5.0.0");
      new EnvbuilderContainer(stack, "workspace", {
        name: "coder-tester-plain",
        repository: Repository.at(url),
        builderImage,
        initScript: INIT,
        cache: cacheAt("plain"),
        proxy: Proxy.containerWide({ url: lab.proxy.url() }),
        ca: CaBundle.fromFile(lab.certificates.proxyCa),
        ...behindTheProxy(lab),
      });
      return stack;
    });
    const container = new AppliedWorkspace(directory, { name: "plain", initScript: INIT }, lab.hostEnvironment);

    await container.start();
    await container.logWith("MARKER\n");
    await container.start();
    const log = await container.logWith("MARKER\n");
    const { exists } = await container.attributes("envbuilder_cached_image.workspace");
    await container.destroy();

    expect(exists).toBe(true);
    expect(log).not.toContain("Building image...");
  }, 300_000);
});
