import { mkdirSync, writeFileSync } from "node:fs";

import { certificates } from "./certificates";
import { docker } from "./docker";
import { startProcess, waitForPort } from "./processes";
import { settings } from "./settings";
import { statePath } from "./state";

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What registry-private.test asks for. */
export const registryCredentials: Credentials = { username: "puller", password: "pull-secret" };
/** What registry-other.test asks for. */
export const otherRegistryCredentials: Credentials = { username: "other", password: "second-secret" };

/** The passwords as the registries keep them. */
const bcrypt = {
  "pull-secret": "$2b$04$hnnXg8rywvPFl4hHV68uXOP3Bi197XlulVaf88f8FNVjFe4N6fZPG",
  "second-secret": "$2b$04$VivXaMxfprtqP1/2/GZwt.ZZx0stG4GWwZsnwhvQOw./W9TNDx.QG",
};

/** The real registry over TLS, three times on loopback: open to all, and twice with credentials, all with the same images. */
export async function startRegistries(): Promise<void> {
  mkdirSync(statePath("registry"), { recursive: true });
  await Promise.all([
    startRegistry("registry", settings.registryPort, ""),
    startRegistry(
      "registry-private",
      settings.privateRegistryPort,
      asking("private", registryCredentials.username, bcrypt["pull-secret"]),
    ),
    startRegistry(
      "registry-other",
      settings.otherRegistryPort,
      asking("other", otherRegistryCredentials.username, bcrypt["second-secret"]),
    ),
  ]);
}

function asking(realm: string, username: string, hash: string): string {
  const passwords = statePath(`registry-${realm}-passwords`);
  writeFileSync(passwords, `${username}:${hash}\n`);
  return `auth: { htpasswd: { realm: ${realm}, path: ${passwords} } }\n`;
}

async function startRegistry(name: string, port: number, auth: string): Promise<void> {
  const config = statePath(`${name}.yml`);
  const { server, serverKey } = certificates();
  writeFileSync(
    config,
    `version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${statePath("registry")} }, delete: { enabled: true } }
http: { addr: "127.0.0.1:${port}", tls: { certificate: ${server}, key: ${serverKey} } }
${auth}`,
  );
  startProcess(name, "docker-registry", ["serve", config]);
  await waitForPort(name, "127.0.0.1", port);
}

/** Pushes a local image to registry.test under this name, such as "base:latest". */
export async function pushImage(image: string, name: string): Promise<string> {
  const target = daemonImage(`registry.test:${settings.ports.registry}/${name}`);
  await docker(["tag", image, target]);
  await docker(["push", "--quiet", target]);
  return `registry.test:${settings.ports.registry}/${name}`;
}

/** The same image by the name that any Docker daemon can pull: it needs neither DNS nor proxy nor trust. */
export function daemonImage(image: string): string {
  return image.replace(/^registry\.test:\d+\//, `127.0.0.1:${settings.registryPort}/`);
}
