import { CaBundle, CoderTemplate, ImageCache, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

import { behindTheProxy } from "./lab/applied-workspace";
import { CoderServer } from "./lab/coder-server";
import { containerLogs } from "./lab/docker";
import { preview } from "./lab/preview";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";

// What users see of a cached image: two workspaces of one template on a real Coder server, the second from what the first
// has built.

test("the second workspace starts from the image of the first, with its agent at the container", async () => {
  const lab = await ProxyNetwork.start();
  const coder = await CoderServer.start();
  const builderImage = await lab.builderImage();
  const repository = await lab.repository("cached-coder", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nRUN echo built >/built.txt\n`,
  });
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "cached-coder");
    new DockerWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      builderImage,
      cache: ImageCache.at(`registry.test:${settings.ports.registry}/cached-coder`, { push: true, probe: true }),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
    });
    return template;
  });

  const seen = await preview(directory, {});
  await coder.push("cached-coder", directory);
  const first = await coder.create("cached-one", "cached-coder");
  await first.waitForAgent();
  const missed = (await first.build()).resources;
  const second = await coder.create("cached-two", "cached-coder");
  await second.waitForAgent();
  const found = (await second.build()).resources;
  const built = await second.ssh("cat /built.txt");
  const { stdout, stderr } = await containerLogs("coder-admin-cached-two");
  await second.delete();
  await first.delete();

  expect(seen.diagnostics).toEqual([]);
  expect(missed.find(({ type }) => type === "docker_container")).toMatchObject({
    agents: [{ name: "main" }],
    metadata: [{ key: "image", value: builderImage }, { key: "cached image", value: "no" }, { key: "repository" }],
  });
  expect(found.find(({ type }) => type === "docker_container")).toMatchObject({
    name: "workspace",
    agents: [{ name: "main" }],
    metadata: [
      { key: "image", value: expect.stringMatching(/^registry\.test:5000\/cached-coder@sha256:/) },
      { key: "cached image", value: "yes" },
      { key: "repository" },
    ],
  });
  expect(found.find(({ type }) => type === "envbuilder_cached_image")).not.toHaveProperty("agents");
  expect(built).toBe("built\n");
  expect(stdout + stderr).not.toContain("Building image...");
}, 300_000);
