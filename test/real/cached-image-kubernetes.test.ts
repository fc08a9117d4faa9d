import { CaBundle, CoderTemplate, ImageCache, Proxy, Repository } from "cdktf-coder-envbuilder";
import { KubernetesWorkspace } from "cdktf-coder-envbuilder/kubernetes";

import { AppliedPod } from "./lab/applied-pod";
import { Cluster } from "./lab/cluster";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";

// The node pulls what Terraform finds, behind the proxy as well.

test("a pod starts from the image that an earlier one has built", async () => {
  const lab = await ProxyNetwork.start();
  const cluster = await Cluster.start();
  const namespace = await cluster.namespace("cached");
  const builderImage = await lab.builderImage();
  const repository = await lab.repository("cached-pod", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nRUN echo built >/built.txt\n`,
  });
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "cached-pod");
    new KubernetesWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      builderImage,
      cache: ImageCache.at(`registry.test:${settings.ports.registry}/cached-pod`, { push: true, probe: true }),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      hosts: { "proxy.test": lab.gateway },
    });
    return template;
  });
  const initScript = "cat /built.txt; echo MARKER; trap 'exit 0' TERM; sleep 3600 & wait";
  const workspace = new AppliedPod(
    cluster,
    namespace,
    directory,
    { name: "cached-pod", initScript },
    lab.hostEnvironment,
  );

  try {
    await workspace.start();
    const miss = await workspace.pod.logWith("MARKER\n");
    const missed = await workspace.attributes("envbuilder_cached_image.workspace[0]");
    await workspace.stop();
    await workspace.start();
    const hit = await workspace.pod.logWith("MARKER\n");
    const found = await workspace.attributes("envbuilder_cached_image.workspace[0]");
    const metadata = await workspace.attributes("coder_metadata.workspace[0]");

    expect([missed["exists"], found["exists"]]).toEqual([false, true]);
    expect(miss).toContain("Pushed image!");
    expect(hit).toContain("built\nMARKER\n");
    expect(hit).not.toContain("Building image...");
    expect(metadata["item"]).toMatchObject([
      { key: "image", value: expect.stringMatching(/^registry\.test:5000\/cached-pod@sha256:/) },
      { key: "cached image", value: "yes" },
      { key: "repository" },
    ]);
  } finally {
    await workspace.destroy();
  }
}, 300_000);
