import { join } from "node:path";

import { type Certificates, certificates, makeCertificates } from "./certificates";
import { ensureDocker } from "./docker-daemon";
import { type RepositoryOptions, makeRepository, repositoriesFolder } from "./git-repository";
import { makeBaseImage, makeDebianImage, makeEnvbuilderImage, makeJavaImage } from "./images";
import { InterceptingProxy } from "./intercepting-proxy";
import { makeNetworks } from "./networks";
import { once } from "./once";
import { startProcess, waitForPort } from "./processes";
import { pushImage, startRegistries } from "./registry";
import type { Servers } from "./servers/main";
import { settings } from "./settings";

/**
 * A company network on one machine. Containers on the isolated network reach a proxy that re-signs TLS, and through it
 * https://git.test and registry.test:5000; no name resolves for them, and there is no other way out.
 *
 * See ../README.md for the picture. All of it is started by the first test file that asks, and serves the whole run.
 */
export class ProxyNetwork {
  public readonly proxy = InterceptingProxy.default();
  public readonly certificates: Certificates = certificates();
  /** The Docker network of the workspaces, and the address of this machine on it: proxy, DNS, Coder. */
  public readonly network = settings.isolated.name;
  public readonly gateway = settings.isolated.gateway;
  /** For the `FROM` of a devcontainer: a BusyBox with a user dev. */
  public readonly baseImage = `registry.test:${settings.ports.registry}/base:latest`;

  private constructor() {}

  public static async start(): Promise<ProxyNetwork> {
    await once("proxy-network", async () => {
      await Promise.all([makeCertificates(), ensureDocker().then(makeNetworks)]);
      await Promise.all([
        startServers(),
        InterceptingProxy.start("proxy"),
        makeEnvbuilderImage(),
        Promise.all([startRegistries(), makeBaseImage()]).then(() => pushImage(settings.images.base, "base:latest")),
      ]);
      return true;
    });
    return new ProxyNetwork();
  }

  /**
   * A Debian, for the `FROM` of a devcontainer: curl, wget, git, OpenSSL, Python with requests, sudo, a user dev. It takes a
   * while, and so is in the registry only once a test asked for it.
   */
  public async debianImage(): Promise<string> {
    return await once("debian-image", async () => {
      await makeDebianImage();
      return await pushImage(settings.images.debian, "debian:latest");
    });
  }

  /** The same Debian with Java, Node.js and pip, twice as large. */
  public async javaImage(): Promise<string> {
    return await once("java-image", async () => {
      await makeJavaImage();
      return await pushImage(settings.images.java, "debian-java:latest");
    });
  }

  /** Envbuilder's image in the registry, where a provisioner, too, finds it when it looks for a cached image. */
  public async builderImage(): Promise<string> {
    return await once("builder-image", async () => await pushImage(settings.images.envbuilder, "envbuilder:1.3.0"));
  }

  /** What `docker create` takes to put a container behind the proxy: network, DNS, and the one name that it knows. */
  public get containerArgs(): string[] {
    return ["--network", this.network, "--dns", this.gateway, "--add-host", `proxy.test:${this.gateway}`];
  }

  /** The same on the network from before the proxy came, where the servers themselves answer to their names. */
  public get openContainerArgs(): string[] {
    const { name, gateway } = settings.open;
    const hosts = ["git.test", "registry.test"].flatMap((host) => ["--add-host", `${host}:${gateway}`]);
    return ["--network", name, "--dns", gateway, ...hosts];
  }

  /** Git and the registry themselves, reachable without the proxy under names of their own: for `no_proxy`. */
  public get directHostArgs(): string[] {
    return ["git-direct.test", "registry-direct.test"].flatMap((host) => ["--add-host", `${host}:${this.gateway}`]);
  }

  /**
   * What puts a program of this machine behind the proxy, as Coder's provisioner is: it asks git and the registry, too,
   * when a template looks for a cached image.
   */
  public get hostEnvironment(): NodeJS.ProcessEnv {
    return {
      HTTPS_PROXY: this.proxy.addressUrl,
      NO_PROXY: `127.0.0.0/8,${this.gateway}`,
      SSL_CERT_FILE: this.certificates.bundle,
    };
  }

  /** Makes a repository on git.test, in place of one of the same name. Returns its URL. */
  public repository(
    name: string,
    files: Readonly<Record<string, string>>,
    options: RepositoryOptions = {},
  ): Promise<string> {
    return makeRepository(name, files, options);
  }
}

async function startServers(): Promise<void> {
  const { isolated, open, ports, registryPort } = settings;
  const files = certificates();
  const registry = { address: "127.0.0.1", port: registryPort };
  const git = { address: open.gateway, port: ports.git };
  const servers: Servers = {
    git: { ...git, root: repositoriesFolder(), certificate: files.server, key: files.serverKey },
    dns: [
      { address: isolated.gateway, port: ports.dns, names: {} },
      { address: open.gateway, port: ports.dns, names: { "git.test": open.gateway, "registry.test": open.gateway } },
    ],
    open: [{ address: open.gateway, port: ports.registry, to: registry }],
    refused: isolated.gateway.replace(/\d+$/, ""),
    forwards: [
      { address: isolated.gateway, port: ports.registry, to: registry },
      { address: isolated.gateway, port: ports.git, to: git },
    ],
  };
  const main = join(__dirname, "servers", "main.ts");
  startProcess("servers", process.execPath, ["--import", "tsx", main, JSON.stringify(servers)], { cwd: __dirname });
  await waitForPort("servers", git.address, git.port);
}
