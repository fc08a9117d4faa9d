import { CaBundle, CoderTemplate, ImageCache, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";

// What the cache saves of a start, on a distribution that people use: docs/performance.md has the figures of one run.

let lab: ProxyNetwork;
let builderImage: string;
let repository: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  builderImage = await lab.builderImage();
  repository = await lab.repository("cached-start", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": dockerfile(await lab.debianImage()),
  });
}, 300_000);

/** As long as the installation of a language and some packages, of which an image keeps a part: compiled on one core. */
function dockerfile(image: string): string {
  const steps = ["one", "two", "three"].map(
    (name) =>
      `RUN cp -r /usr/lib/python3 /opt/${name} && cp -r /usr/lib/python3.* /opt/${name}/all && { python3 -m compileall -q -f -o 0 -o 1 -o 2 /opt/${name} || true; } && rm -r /opt/${name}/all`,
  );
  return [`FROM ${image}`, ...steps, "RUN echo built >/built.txt", "COPY . /opt/definition", ""].join("\n");
}

function applied(name: string, cache: ImageCache | undefined): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    new DockerWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      builderImage,
      cache,
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
    });
    return template;
  });
  const initScript = "cat /built.txt; echo MARKER; exec sleep 3600";
  return new AppliedWorkspace(directory, { name, initScript }, lab.hostEnvironment);
}

/** Milliseconds from Terraform's begin until the script runs. */
async function timed(workspace: AppliedWorkspace): Promise<number> {
  await workspace.init();
  const begin = performance.now();
  await workspace.start();
  const log = await workspace.logWith("built\nMARKER\n");
  const time = performance.now() - begin;
  expect(log).toContain("built\nMARKER\n");
  await workspace.stop();
  return time;
}

test("a start from the cache is shorter than one that builds", async () => {
  const repositoryOfCache = `registry.test:${settings.ports.registry}/cached-start`;
  const starts = {
    plain: applied("start-plain", undefined),
    layers: applied("start-layers", ImageCache.at(repositoryOfCache)),
    found: applied("start-found", ImageCache.at(repositoryOfCache, { push: true, probe: true })),
  };
  const times: Record<keyof typeof starts, number[]> = { plain: [], layers: [], found: [] };

  // The first of each clones, and fills the cache.
  await timed(starts.plain);
  await timed(starts.layers);
  const push = await timed(starts.found);
  for (let round = 0; round < 2; round++) {
    times.plain.push(await timed(starts.plain));
    times.layers.push(await timed(starts.layers));
    times.found.push(await timed(starts.found));
  }
  for (const workspace of Object.values(starts)) await workspace.destroy();

  // What else the machine does makes times longer, never shorter.
  const build = Math.min(...times.plain);
  const ratio = (all: readonly number[]): number => Math.min(...all) / build;
  const figures = { fromLayers: ratio(times.layers), withPush: push / build, found: ratio(times.found) };
  process.stderr.write(`a start that builds is 1: ${JSON.stringify(figures)} ${JSON.stringify({ ...times, push })}\n`);
  // With room for what else the machine does. What is left is Terraform's look, for which the provider loads Envbuilder's image
  // each time, and the start itself.
  expect(figures.found).toBeLessThan(0.5);
}, 900_000);
