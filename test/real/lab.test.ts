import { readFileSync } from "node:fs";

import { docker, label } from "./lab/docker";
import { EnvbuilderContainer } from "./lab/envbuilder-container";
import { decryptedHosts, requests } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { daemonImage } from "./lab/registry";
import { settings } from "./lab/settings";

// The original demonstration, by hand: what each way of handing over the certificate authority is worth. The placement
// that the constructs choose rests on these results.

const unknownAuthority = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
const placed = "/.envbuilder/certs/ca.pem";
const ended = "echo MARKER; cat /built.txt; exit 0";
const stays = "echo MARKER; exec sleep 3600";

let lab: ProxyNetwork;
let repository: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  repository = await lab.repository("demonstration", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nRUN echo built >/built.txt\n`,
  });
});

function env(more: Readonly<Record<string, string>>, init = ended): Record<string, string> {
  return { ENVBUILDER_GIT_URL: repository, ENVBUILDER_INIT_SCRIPT: init, ...more };
}

function behindProxy(more: Readonly<Record<string, string>>, init = ended): Record<string, string> {
  return env({ https_proxy: lab.proxy.url(), HTTPS_PROXY: lab.proxy.url(), ...more }, init);
}

describe("Envbuilder, run by hand", () => {
  test("builds on a network without a proxy", async () => {
    const mark = lab.proxy.flows.mark();

    // Our upstream authority is no public root, so that even here the container must be told of it.
    const result = await EnvbuilderContainer.run("open", {
      env: env({ SSL_CERT_FILE: placed }),
      args: [...lab.openContainerArgs, "--volume", `${lab.certificates.upstreamCa}:${placed}:ro`],
    });

    expect(result).toMatchObject({ status: 0, stdout: expect.stringContaining("MARKER\nbuilt\n") });
    expect(lab.proxy.flows.since(mark)).toEqual([]);
  });

  test("reaches nothing on the isolated network without the proxy", async () => {
    const result = await EnvbuilderContainer.run("isolated", { env: env({}), args: lab.containerArgs });
    expect(result.status).not.toBe(0);
    expect(result.stderr).toMatch(/lookup git\.test on .*: no such host/);
  });

  test("does not get around the proxy by an address either", async () => {
    const image = daemonImage(lab.baseImage);
    const { gateway } = settings.open;
    // Keeps its side open until the answer is there.
    const knock = `(printf 'GET / HTTP/1.0\\r\\n\\r\\n'; sleep 2) | nc ${gateway} ${settings.ports.registry}`;
    const ask = (args: readonly string[]) => docker(["run", "--rm", ...label(), ...args, image, "sh", "-c", knock]);

    const [isolated, open] = await Promise.all([ask(lab.containerArgs), ask(lab.openContainerArgs)]);

    expect(open.stdout).toContain("Client sent an HTTP request to an HTTPS server");
    expect(isolated.stdout).toBe("");
  });

  test("dies at the clone behind the proxy without its certificate authority", async () => {
    const result = await EnvbuilderContainer.run("no-ca", { env: behindProxy({}), args: lab.containerArgs });

    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain(unknownAuthority);
    expect(result.stdout).not.toContain("MARKER");
  });

  test("clones and pulls through the proxy with the authority read-only below /.envbuilder", async () => {
    const mark = lab.proxy.flows.mark();

    const result = await EnvbuilderContainer.run("mounted", {
      env: behindProxy({ SSL_CERT_FILE: placed }),
      args: [...lab.containerArgs, "--volume", `${lab.certificates.proxyCaFolder}:/.envbuilder/certs:ro`],
    });

    expect(result).toMatchObject({ status: 0, stdout: expect.stringContaining("MARKER\nbuilt\n") });
    const flows = lab.proxy.flows.since(mark);
    expect(decryptedHosts(flows)).toEqual(["git.test", "registry.test"]);
    expect(requests(flows)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^POST git\.test\/demonstration\.git\/git-upload-pack 200$/),
        expect.stringMatching(/^GET registry\.test\/v2\/base\/manifests\/latest 200$/),
        expect.stringMatching(/^GET registry\.test\/v2\/base\/blobs\/sha256:[0-9a-f]{64} 200$/),
      ]),
    );
  });

  test("deletes an authority uploaded to /certs during the build, so that a restart dies", async () => {
    const container = await EnvbuilderContainer.create("uploaded", {
      env: behindProxy({ SSL_CERT_FILE: "/certs/ca.pem" }, stays),
      args: lab.containerArgs,
      upload: { "/certs/ca.pem": lab.certificates.proxyCa },
    });

    await container.start();
    await container.waitForText("MARKER\n");
    await container.restart();
    const result = await container.waitForEnd();
    await container.remove();

    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain(unknownAuthority);
    expect(result.stdout.match(/^MARKER$/gm)).toHaveLength(1);
  });

  test("clones but does not pull with the authority in ENVBUILDER_SSL_CERT_BASE64 alone", async () => {
    const mark = lab.proxy.flows.mark();
    const base64 = readFileSync(lab.certificates.proxyCa).toString("base64");

    const result = await EnvbuilderContainer.run("base64", {
      env: behindProxy({ ENVBUILDER_SSL_CERT_BASE64: base64 }),
      args: lab.containerArgs,
    });

    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain("Cloned repository");
    expect(result.stderr).toContain(`"https://registry.test:5000/v2/": ${unknownAuthority}`);
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test"]);
  });
});
