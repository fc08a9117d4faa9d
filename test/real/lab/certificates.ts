import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { command } from "./command";
import { statePath } from "./state";

/** Files in PEM. */
export interface Certificates {
  /** Signs what the proxies show: the one certificate authority that a workspace must be told of. */
  readonly proxyCa: string;
  /** The folder that holds the file above alone, to be mounted as a folder. */
  readonly proxyCaFolder: string;
  /** Stands in for the public roots: signs the real servers, and behind a proxy only the proxy trusts it. */
  readonly upstreamCa: string;
  /** Both, for whoever also reaches servers directly. */
  readonly bundle: string;
  /** Of the servers, for all their names. */
  readonly server: string;
  readonly serverKey: string;
  /** Where mitmproxy looks for its certificate authority. */
  readonly proxyFolder: string;
}

export const serverNames = [
  "git.test",
  "git-direct.test",
  "registry.test",
  "registry-direct.test",
  "registry-private.test",
  "registry-other.test",
];

/** Where the files are, or will be. */
export function certificates(): Certificates {
  return {
    proxyCa: at("proxy-ca/ca.pem"),
    proxyCaFolder: at("proxy-ca"),
    upstreamCa: at("upstream-ca.pem"),
    bundle: at("bundle.pem"),
    server: at("server.pem"),
    serverKey: at("server.key"),
    proxyFolder: at("mitmproxy"),
  };
}

function at(name: string): string {
  return statePath("certificates", name);
}

export async function makeCertificates(): Promise<Certificates> {
  const files = certificates();
  mkdirSync(files.proxyCaFolder, { recursive: true });
  mkdirSync(files.proxyFolder, { recursive: true });
  const proxyKey = at("proxy-ca.key");
  const upstreamKey = at("upstream-ca.key");
  await Promise.all([
    authority("Example Corp TLS Inspection", files.proxyCa, proxyKey),
    authority("Example Public Root", files.upstreamCa, upstreamKey),
  ]);
  await serverCertificate(files, upstreamKey);
  writeFileSync(files.bundle, readFileSync(files.proxyCa, "utf8") + readFileSync(files.upstreamCa, "utf8"));
  writeFileSync(
    `${files.proxyFolder}/mitmproxy-ca.pem`,
    readFileSync(proxyKey, "utf8") + readFileSync(files.proxyCa, "utf8"),
  );
  return files;
}

async function authority(name: string, file: string, key: string): Promise<void> {
  const what = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", `/O=Example Corp/CN=${name}`];
  const usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
  await command("openssl", ["req", ...what, ...usage, "-keyout", key, "-out", file]);
}

async function serverCertificate(files: Certificates, caKey: string): Promise<void> {
  const request = at("server.csr");
  const extensions = at("server.ext");
  const names = [...serverNames.map((name) => `DNS:${name}`), "IP:127.0.0.1"];
  writeFileSync(extensions, `subjectAltName=${names.join(",")}\nextendedKeyUsage=serverAuth\n`);
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", files.serverKey];
  await command("openssl", ["req", ...key, "-subj", "/CN=git.test", "-out", request]);
  const signer = ["-CA", files.upstreamCa, "-CAkey", caKey, "-CAserial", at("serial"), "-CAcreateserial"];
  const what = ["-req", "-in", request, "-days", "90", "-extfile", extensions];
  await command("openssl", ["x509", ...what, ...signer, "-out", files.server]);
}
