import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { command } from "./lab/command";
import { commandLine } from "./lab/command-line";
import { EnvbuilderContainer } from "./lab/envbuilder-container";
import { InterceptingProxy } from "./lab/intercepting-proxy";
import { ProxyNetwork } from "./lab/proxy-network";
import { AUTHORITY, CertificateMaker, rsa } from "./lab/served-chains";
import { stateFolder } from "./lab/state";

let lab: ProxyNetwork;
let folder: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  folder = stateFolder("cli-bundle");
});

interface Bundled {
  readonly entries: readonly {
    readonly fate: string;
    readonly refusal: string | null;
    readonly fingerprint: string | null;
  }[];
}

async function fromProxy(proxy: InterceptingProxy, ...args: string[]): Promise<Bundled> {
  const where = ["bundle", "--from-proxy", proxy.addressUrl, "--host", "git.test", "--json"];
  const { stdout, stderr } = await commandLine([...where, ...args]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

test("a proxy that does not send its authority", async () => {
  const { entries } = await fromProxy(lab.proxy);

  expect(entries).toMatchObject([
    { fate: "refused", refusal: expect.stringContaining("the proxy does not send the certificate of") },
  ]);
});

test("the authority that a proxy sends is taken by its fingerprint, and Envbuilder clones with the bundle", async () => {
  const maker = new CertificateMaker();
  const root = await maker.issue({
    subject: "/O=Example Corp/CN=Inspection Root",
    extensions: AUTHORITY,
    key: rsa(2048),
  });
  const issuing = { subject: "/O=Example Corp/CN=Inspection CA", extensions: AUTHORITY, key: rsa(2048), issuer: root };
  const middle = await maker.issue(issuing);
  const authorityFolder = stateFolder("authority");
  const parts = [readFileSync(middle.key, "utf8"), middle.pem, root.pem];
  writeFileSync(join(authorityFolder, "mitmproxy-ca.pem"), parts.join(""));
  const proxy = await InterceptingProxy.start("cli-authority", { port: 8091, authorityFolder });
  const openssl = ["x509", "-in", root.certificate, "-noout", "-fingerprint", "-sha256"];
  const published = (await command("openssl", openssl)).stdout.trim().replace(/^.*=/, "");
  const out = join(folder, "bundle.pem");

  const untold = await fromProxy(proxy);
  const told = await fromProxy(proxy, "--fingerprint", published, "--out", out);
  const url = await lab.repository("bundle", { "readme.txt": "hello" });
  const { text } = await EnvbuilderContainer.run("cli-bundle", {
    env: {
      ENVBUILDER_GIT_URL: url,
      ENVBUILDER_INIT_SCRIPT: "true",
      https_proxy: proxy.url(),
      SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
    },
    args: lab.containerArgs,
    upload: { "/.envbuilder/certs/ca.pem": out },
  });
  await proxy.stop();

  expect(untold.entries).toMatchObject([{ fate: "refused", refusal: expect.stringContaining(published) }]);
  expect(told.entries).toMatchObject([{ fate: "added", fingerprint: published }]);
  expect(text).toContain("Cloned repository");
});

test("an intermediate authority alone is enough for Go and too little for OpenSSL, as the warning says", async () => {
  const maker = new CertificateMaker();
  const root = await maker.issue({ subject: "/CN=Root", extensions: AUTHORITY });
  const middle = await maker.issue({ subject: "/CN=Issuing CA", extensions: AUTHORITY, issuer: root });
  const leaf = await maker.issue({ subject: "/CN=git.test", names: "DNS:git.test", issuer: middle });
  const made = async (name: string, files: string[]) => {
    const out = join(folder, name);
    const { stdout } = await commandLine(["bundle", ...files, "--out", out]);
    const { status } = await command("openssl", ["verify", "-no-CApath", "-CAfile", out, leaf.certificate], {
      statuses: [0, 2],
    });
    return { stdout, status };
  };

  const alone = await made("alone.pem", [middle.certificate]);
  const both = await made("both.pem", [middle.certificate, root.certificate]);

  expect(alone.stdout).toContain("Go trusts it alone, OpenSSL, and with it many programs, does not");
  expect(alone.status).toBe(2);
  expect(both.stdout).not.toContain("warning");
  expect(both.status).toBe(0);
});
