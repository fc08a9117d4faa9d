import { readFileSync } from "node:fs";

import { Cluster } from "./lab/cluster";
import { type PodManifest, envbuilderManifest, logOfPod, podManifest } from "./lab/envbuilder-pod";
import { decryptedHosts } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";

// The cluster itself, and what Envbuilder does in a pod: manifests written by hand, so that it is not the constructs that
// are tested. Where the certificates lie decides; should that change one day, the reason for our placement is gone.

let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;
let repository: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  namespace = await cluster.namespace("by-hand");
  repository = await lab.repository("by-hand", {
    ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }),
  });
  const ca = readFileSync(lab.certificates.proxyCa, "utf8");
  await cluster.apply({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "ca", namespace },
    data: { "ca.pem": ca },
  });
}, 180_000);

function envbuilder(name: string, caFolder?: string): PodManifest {
  const env = {
    ENVBUILDER_GIT_URL: repository,
    ENVBUILDER_INIT_SCRIPT: "ls /var/run/secrets/kubernetes.io/serviceaccount && echo MARKER && exec sleep 3600",
    HTTPS_PROXY: lab.proxy.url(),
  };
  return envbuilderManifest({ name, namespace, env, caFolder });
}

describe("a pod of the cluster", () => {
  test("reaches the proxy, and nothing by name", async () => {
    const script = `
      echo "proxy $(nc -w 2 proxy.test 8080 -e /bin/true 2>/dev/null && echo open || echo closed)"
      for name in git.test registry.test example.com; do nslookup $name 2>&1 | grep -q NXDOMAIN && echo "$name unknown"; done
      for to in ${settings.open.gateway} 192.0.2.1; do nc -w 2 $to 443 -e /bin/true 2>/dev/null && echo "$to open" || echo "$to closed"; done
      echo MARKER`;
    const log = await logOfPod(
      cluster,
      podManifest("network", namespace, { image: cluster.image, command: ["/bin/sh", "-c", script] }),
    );

    expect(log.trim().split("\n")).toEqual([
      "proxy open",
      "git.test unknown",
      "registry.test unknown",
      "example.com unknown",
      `${settings.open.gateway} closed`,
      "192.0.2.1 closed",
      "MARKER",
    ]);
  });

  test("builds behind the proxy without privilege, with the certificates below Envbuilder's directory", async () => {
    const mark = lab.proxy.flows.mark();

    const log = await logOfPod(cluster, envbuilder("below", "/.envbuilder/certs"));

    expect(log).toContain("ca.crt\nnamespace\ntoken\nMARKER\n");
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test", "registry.test"]);
  });

  test("does not with the certificates anywhere else, because it may not move what is mounted read-only", async () => {
    const log = await logOfPod(cluster, envbuilder("elsewhere", "/certs"));

    // With AppArmor it is "permission denied".
    expect(log).toMatch(
      /error: temp remount: temp remount: bind mount \/certs => \/\.envbuilder\/mnt\/certs: (operation not permitted|permission denied)/,
    );
    expect(log).not.toContain("MARKER");
  });

  test("does not clone without the certificates", async () => {
    const log = await logOfPod(cluster, envbuilder("without"));

    expect(log).toContain("tls: failed to verify certificate: x509: certificate signed by unknown authority");
    expect(log).not.toContain("MARKER");
  });
});
