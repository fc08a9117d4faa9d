import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { builtCommand } from "../cli/built-command";
import { docker, label, removeContainer } from "./lab/docker";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { stateFolder } from "./lab/state";
import { tool } from "./lab/tools";

// In a Debian with real programs, what `doctor` says of each is what that program does. The server is reached directly, and
// its authority is a private one.

const HOST = "git-direct.test";
const URL = `https://${HOST}/`;

/** How each program asks; it fails where it does not trust the server, and does not mind that nothing is there. */
const PROGRAMS: Readonly<Record<string, string>> = {
  agent: `coder login ${URL} --token x 2>&1 | grep -q x509 && exit 1 || exit 0`,
  curl: `curl -sS -o /dev/null ${URL}`,
  wget: `wget -q -O /dev/null ${URL}; test $? -ne 5`,
  Git: `git ls-remote ${URL}x.git 2>&1 | grep -qi certificate && exit 1 || exit 0`,
  "Node.js": `node -e 'require("tls").connect(443, "${HOST}", {servername: "${HOST}"}, () => process.exit(0)).on("error", () => process.exit(1))'`,
  Python: `python3 -c 'import ssl, socket; ssl.create_default_context().wrap_socket(socket.create_connection(("${HOST}", 443)), server_hostname="${HOST}")'`,
  requests: `python3 -c 'import requests; requests.get("${URL}")'`,
};

const STORE = "cp /lab/ca.pem /usr/local/share/ca-certificates/lab.crt && update-ca-certificates >/dev/null 2>&1";
const CA = "/lab/ca.pem";

const ENVIRONMENTS: readonly {
  name: string;
  env: Readonly<Record<string, string>>;
  before: string;
  trusted: readonly string[];
}[] = [
  { name: "nothing", env: {}, before: "true", trusted: [] },
  { name: "SSL_CERT_FILE", env: { SSL_CERT_FILE: CA }, before: "true", trusted: ["agent", "curl", "Python"] },
  {
    name: "a variable for each program",
    env: { CURL_CA_BUNDLE: CA, GIT_SSL_CAINFO: CA, NODE_EXTRA_CA_CERTS: CA, REQUESTS_CA_BUNDLE: CA },
    before: "true",
    trusted: ["curl", "Git", "Node.js", "requests"],
  },
  { name: "a directory with plain names", env: { SSL_CERT_DIR: "/lab/plain" }, before: "true", trusted: ["agent"] },
  { name: "the system's store", env: {}, before: STORE, trusted: ["agent", "curl", "wget", "Git", "Python"] },
  {
    name: "the system's store, and Node.js by it",
    env: { NODE_OPTIONS: "--use-openssl-ca" },
    before: STORE,
    trusted: ["agent", "curl", "wget", "Git", "Node.js", "Python"],
  },
];

let lab: ProxyNetwork;
let image: string;
let mounts: string[];

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  await lab.debianImage();
  image = settings.images.debian;
  const folder = stateFolder("doctor");
  mkdirSync(join(folder, "plain"));
  copyFileSync(lab.certificates.upstreamCa, join(folder, "ca.pem"));
  copyFileSync(lab.certificates.upstreamCa, join(folder, "plain/lab.pem"));
  const modules = join(__dirname, "..", "..", "node_modules");
  const built = builtCommand();
  mounts = [
    `${folder}:/lab:ro`,
    `${process.execPath}:/usr/local/bin/node:ro`,
    `${tool("coder")}:/usr/local/bin/coder:ro`,
    `${modules}:${modules}:ro`,
    `${built}:${built}:ro`,
  ].flatMap((mount) => ["--volume", mount]);
  mounts.push("--env", `DOCTOR=${join(built, "dist/cli/main.js")}`);
}, 180_000);

interface Doctor {
  readonly servers: readonly { readonly programs: readonly { readonly name: string; readonly trusted: boolean }[] }[];
}

test.each(ENVIRONMENTS)("with $name", async ({ name, env, before, trusted }) => {
  const container = `${settings.prefix}-doctor-${ENVIRONMENTS.findIndex((one) => one.name === name)}`;
  await removeContainer(container);
  const asked = Object.entries(PROGRAMS).map(
    ([program, ask]) => `( ${ask} ) >/dev/null 2>&1 && echo 'does ${program}'`,
  );
  const script = [before, `node "$DOCTOR" doctor ${HOST} --json`, ...asked, "true"].join("\n");
  const variables = Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
  const args = [...label(), ...lab.containerArgs, ...lab.directHostArgs, ...mounts, ...variables];

  const { stdout: text } = await docker(["run", "--rm", "--name", container, ...args, image, "/bin/sh", "-c", script]);

  const end = text.lastIndexOf("}\n") + 1;
  const { servers }: Doctor = JSON.parse(text.slice(0, end));
  const does = [...text.slice(end).matchAll(/^does (.*)$/gm)].map(([, program = ""]) => program);
  const says = servers[0]?.programs.filter((one) => one.trusted && one.name in PROGRAMS).map((one) => one.name);
  // Debian's own package of requests goes by the system's store, and the one that doctor speaks of, pip's, does not.
  const ofDebian = before === STORE ? ["requests"] : [];
  expect({ says, does }).toEqual({ says: trusted, does: [...trusted, ...ofDebian] });
});
