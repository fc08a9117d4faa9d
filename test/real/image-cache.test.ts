import { CaBundle, CoderTemplate, ImageCache, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerMount, DockerWorkspace, type DockerWorkspaceProps } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { docker } from "./lab/docker";
import { requests } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { stateFolder } from "./lab/state";
import { synthesized } from "./lab/synthesized";

// What Envbuilder keeps of a build, where, and what becomes of it where it cannot be kept. How Terraform finds it again is in
// cached-image.test.ts.

const INIT = "cat /built.txt; echo MARKER; exec sleep 3600";
const NOBODY = "registry.test:5009/cache";

let lab: ProxyNetwork;
let repository: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  repository = await lab.repository("image-cache", devcontainer("image-cache"));
}, 120_000);

function devcontainer(text: string): Record<string, string> {
  return {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nRUN echo ${text} >/built.txt\n`,
  };
}

function applied(name: string, props: Partial<DockerWorkspaceProps>): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    new DockerWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
      ...props,
    });
    return template;
  });
  return new AppliedWorkspace(directory, { name, initScript: INIT });
}

function at(path: string, options: Parameters<typeof ImageCache.at>[1] = {}): ImageCache {
  return ImageCache.at(`registry.test:${settings.ports.registry}/${path}`, options);
}

/** The log of a start, after which the container goes, and comes back as often as asked. */
async function logsOf(workspace: AppliedWorkspace, starts: number): Promise<string[]> {
  const logs: string[] = [];
  try {
    for (let index = 0; index < starts; index++) {
      await workspace.start();
      logs.push(await workspace.logWith("MARKER\n"));
      await workspace.stop();
    }
  } finally {
    await workspace.destroy();
  }
  return logs;
}

const BUILDS = "Building image...";
const FINDS_LAYER = "Found cached layer, extracting to filesystem";
const LAYER = "[0-9a-f]{64}";

describe("a cache in a registry", () => {
  test("keeps layers, which the next container takes from it, through the proxy", async () => {
    const mark = lab.proxy.flows.mark();

    const [first, second] = await logsOf(applied("layers", { cache: at("layers") }), 2);

    expect(first).toMatch(/No cached layer found for cmd RUN echo image-cache/);
    expect(second).toContain(FINDS_LAYER);
    expect(second).toContain("image-cache\nMARKER\n");
    const passed = requests(lab.proxy.flows.since(mark)).filter((one) =>
      / (?:PUT|GET) .*\/manifests\//.test(` ${one}`),
    );
    expect(passed).toContainEqual(expect.stringMatching(`^PUT registry.test/v2/layers/manifests/${LAYER} 201$`));
    expect(passed).not.toContainEqual(expect.stringMatching("^PUT registry.test/v2/layers/manifests/latest"));
  });

  test("keeps the image where it is pushed, and starts a container that Docker starts again without a build", async () => {
    const mark = lab.proxy.flows.mark();
    const workspace = applied("pushed", { cache: at("pushed", { push: true, ttlDays: 1 }) });

    await workspace.start();
    await workspace.logWith("MARKER\n");
    await workspace.restart();
    const log = await workspace.logWith("MARKER\n", 2);
    await workspace.destroy();

    expect(log.match(/Pushed image!/g)).toHaveLength(1);
    expect(log.match(/Building image\.\.\./g)).toHaveLength(1);
    expect(log).toContain("Found magic image file");
    expect(requests(lab.proxy.flows.since(mark))).toContainEqual("PUT registry.test/v2/pushed/manifests/latest 201");
  });

  test("may fail: then the workspace starts, and says so", async () => {
    const [log] = await logsOf(applied("failing", { cache: ImageCache.at(NOBODY, { push: true }) }), 1);

    expect(log).toContain("Failed to push image!");
    expect(log).toContain("image-cache\nMARKER\n");
  });

  test("may not fail where the author says so: then the workspace ends, and says why", async () => {
    const cache = ImageCache.at(NOBODY, { push: true, exitOnPushFailure: true });

    const [log] = await logsOf(applied("stopping", { cache }), 1);

    expect(log).toMatch(/error: do push: failed to push to destination registry\.test:5009\/cache: .*Bad Gateway/);
    expect(log).not.toContain("MARKER\n");
  });
});

function layers(): string {
  return `${settings.prefix}-layers`;
}

describe("a cache in a folder", () => {
  afterAll(async () => {
    await docker(["volume", "rm", "--force", layers()]);
  });

  test("keeps layers without a registry", async () => {
    const mounts = [DockerMount.volume(layers(), "/cache")];

    const [first, second] = await logsOf(applied("directory", { cache: ImageCache.inDirectory("/cache"), mounts }), 2);

    expect(first).toMatch(/Pushed localhost:\d+\/local\/cache@sha256:/);
    expect(second).toContain(FINDS_LAYER);
    expect(second).toContain("image-cache\nMARKER\n");
  });
});

test("a read-only folder of base images stays where it is, and needs no privilege", async () => {
  const folder = stateFolder("base-images");
  const cache = at("base-images", { baseImageDirectory: "/base/images" });

  const [log] = await logsOf(
    applied("base-images", { cache, mounts: [DockerMount.bind(folder, "/base", { readOnly: true })] }),
    1,
  );

  expect(log).toContain("image-cache\nMARKER\n");
  expect(log).not.toContain("temp remount");
});

/** The log of a container that Docker starts twice. */
async function restarted(name: string, props: Partial<DockerWorkspaceProps>): Promise<string> {
  const workspace = applied(name, props);
  try {
    await workspace.start();
    await workspace.logWith("MARKER\n");
    await workspace.restart();
    return await workspace.logWith("MARKER\n", 2);
  } finally {
    await workspace.destroy();
  }
}

test("skipRebuild leaves a container that Docker starts again as it was built, after a question to the registry", async () => {
  const log = await restarted("skipped", { skipRebuild: true });

  expect(log.split(BUILDS)).toHaveLength(2);
  expect(log).toContain("Skipping build because of cache...");
  expect(log).toContain("Found image from remote!");
});

test("buildFromRemote builds from a clone of its own, once in a container's life", async () => {
  const log = await restarted("from-remote", {
    repository: Repository.at(repository, { branch: "main", buildFromRemote: true }),
  });

  expect(log).toMatch(/Remote repo build mode enabled, cloning \S+ to \/\.envbuilder\/repo for build context/);
  expect(log).toContain('Failed to clone repository for remote repo mode: directory "/.envbuilder/repo" is not empty');
  expect(log.match(/^image-cache$/gm)).toHaveLength(2);
});
