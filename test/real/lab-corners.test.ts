import { EnvbuilderContainer } from "./lab/envbuilder-container";
import { pushFeature } from "./lab/feature";
import { decryptedHosts, requests } from "./lab/flow-log";
import { InterceptingProxy } from "./lab/intercepting-proxy";
import { ProxyNetwork } from "./lab/proxy-network";
import { registryCredentials } from "./lab/registry";
import { settings } from "./lab/settings";

// The corners of the lab that asks for credentials, and the ways around the proxy: that they are what they claim to be.

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
});

function run(
  name: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  ca = lab.certificates.proxyCa,
) {
  return EnvbuilderContainer.run(name, {
    env: {
      https_proxy: lab.proxy.url(),
      SSL_CERT_FILE: "/.envbuilder/ca.pem",
      ENVBUILDER_INIT_SCRIPT: "echo MARKER; cat /feature.txt; exit 0",
      ...env,
    },
    args: [...lab.containerArgs, "--volume", `${ca}:/.envbuilder/ca.pem:ro`, ...args],
  });
}

/** Shell that says whether the program takes the certificate of git.test. */
function ask(program: string): string {
  return `if ${program} https://git.test/debian.git/HEAD; then echo trusted; else echo refused; fi`;
}

const devcontainer = (image: string, more: object = {}) => ({
  ".devcontainer/devcontainer.json": JSON.stringify({ image, ...more }),
});

test("a feature comes from the registry through the proxy", async () => {
  const feature = await pushFeature("hello", "echo hello >/feature.txt");
  const url = await lab.repository("feature", devcontainer(lab.baseImage, { features: { [feature]: {} } }));
  const mark = lab.proxy.flows.mark();

  const result = await run("feature", { ENVBUILDER_GIT_URL: url });

  expect(result).toMatchObject({ status: 0, stdout: "MARKER\nhello\n" });
  expect(requests(lab.proxy.flows.since(mark))).toContainEqual(
    expect.stringMatching(/^GET registry\.test\/v2\/features\/hello\/manifests\/1 200$/),
  );
});

test("a private repository and a private registry want their credentials", async () => {
  const host = `registry-private.test:${settings.ports.privateRegistry}`;
  const files = devcontainer(`${host}/base:latest`);
  const url = await lab.repository("private", files, { credentials: "alice:wonder land" });
  const { username, password } = registryCredentials;
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  const docker = Buffer.from(JSON.stringify({ auths: { [host]: { auth } } })).toString("base64");
  const git = { ENVBUILDER_GIT_USERNAME: "alice", ENVBUILDER_GIT_PASSWORD: "wonder land" };

  const neither = await run("private-neither", { ENVBUILDER_GIT_URL: url });
  const gitAlone = await run("private-git", { ENVBUILDER_GIT_URL: url, ...git });
  const both = await run("private-both", { ENVBUILDER_GIT_URL: url, ...git, ENVBUILDER_DOCKER_CONFIG_BASE64: docker });

  expect(neither.stderr).toContain("authentication required");
  expect(gitAlone.stderr).toMatch(/Cloned repository[^]*UNAUTHORIZED/);
  expect(both).toMatchObject({ status: 0, stdout: "MARKER\n" });
});

test("a proxy that asks for credentials lets nobody pass without", async () => {
  const proxy = await InterceptingProxy.start("closed-proxy", { port: 8081, credentials: "us@er:p/w" });
  const url = await lab.repository("closed", devcontainer(lab.baseImage));

  const without = await run("closed-without", { ENVBUILDER_GIT_URL: url, https_proxy: proxy.url() });
  const mark = proxy.flows.mark();
  const given = proxy.url({ credentials: "us@er:p/w" });
  const withThem = await run("closed-with", { ENVBUILDER_GIT_URL: url, https_proxy: given });
  await proxy.stop();

  expect(without.stderr).toContain("Proxy Authentication Required");
  expect(withThem).toMatchObject({ status: 0, stdout: "MARKER\n" });
  expect(decryptedHosts(proxy.flows.since(mark))).toEqual(["git.test", "registry.test"]);
});

test("a proxy that offers HTTP/2 to clients that speak TLS with it breaks Envbuilder, unless Go is told not to", async () => {
  const proxy = await InterceptingProxy.start("http2-proxy", { port: 8082, http2: true });
  const url = await lab.repository("http2", devcontainer(lab.baseImage));
  const overTls = { ENVBUILDER_GIT_URL: url, https_proxy: proxy.url({ scheme: "https" }) };

  const plain = await run("http2-plain", { ENVBUILDER_GIT_URL: url, https_proxy: proxy.url() });
  const broken = await run("http2-broken", overTls);
  const cured = await run("http2-cured", { ...overTls, GODEBUG: "http2client=0" });
  await proxy.stop();

  expect(plain).toMatchObject({ status: 0, stdout: "MARKER\n" });
  expect(broken.stderr).toContain("malformed HTTP");
  expect(cured).toMatchObject({ status: 0, stdout: "MARKER\n" });
});

test("what no_proxy names is reached directly, and needs the other certificate authority", async () => {
  const url = await lab.repository(
    "direct",
    devcontainer(`registry-direct.test:${settings.ports.registry}/base:latest`),
  );
  const env = { ENVBUILDER_GIT_URL: url, no_proxy: "registry-direct.test" };
  const mark = lab.proxy.flows.mark();

  const alone = await run("direct-alone", env, lab.directHostArgs);
  const bundle = await run("direct-bundle", env, lab.directHostArgs, lab.certificates.bundle);

  expect(alone.stderr).toMatch(
    /https:\/\/registry-direct\.test:5000\/v2\/.*x509: certificate signed by unknown authority/,
  );
  expect(bundle).toMatchObject({ status: 0, stdout: "MARKER\n" });
  expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test"]);
});

test("a workspace can be a Debian, whose programs trust their own store alone", async () => {
  const image = await lab.debianImage();
  const url = await lab.repository("debian", devcontainer(image));
  const install = "cp $SSL_CERT_FILE /usr/local/share/ca-certificates/proxy.crt && update-ca-certificates >/dev/null";
  const init = ["unset SSL_CERT_FILE", ask("curl -so /dev/null"), ask("wget -qO /dev/null")];

  const before = await run("debian-before", {
    ENVBUILDER_GIT_URL: url,
    ENVBUILDER_INIT_SCRIPT: [...init, "exit 0"].join("\n"),
  });
  const after = await run("debian-after", {
    ENVBUILDER_GIT_URL: url,
    ENVBUILDER_INIT_SCRIPT: [install, ...init, "exit 0"].join("\n"),
  });

  expect(before).toMatchObject({ status: 0, stdout: "refused\nrefused\n" });
  expect(after).toMatchObject({ status: 0, stdout: "trusted\ntrusted\n" });
});

test("the proxy notes who does not trust it", async () => {
  const url = await lab.repository("untrusted", devcontainer(lab.baseImage));
  const mark = lab.proxy.flows.mark();

  await run("untrusted", { ENVBUILDER_GIT_URL: url }, [], lab.certificates.upstreamCa);

  expect(lab.proxy.flows.since(mark)).toEqual([
    { event: "connect", host: "git.test", port: 443 },
    { event: "untrusted", host: "git.test", port: 443 },
  ]);
});
