import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { certificates } from "./certificates";
import { command } from "./command";
import { once } from "./once";
import { isRunning, processLog, startProcess } from "./processes";
import { settings } from "./settings";
import { readState, statePath } from "./state";
import { waitFor } from "./wait";

/** A Docker daemon, and a client that it understands. */
export interface DockerDaemon {
  readonly client: string;
  /** @default - the client's own idea of where the daemon is */
  readonly host?: string;
  /** Whether this run started it: it then lives below the state folder, and goes with it. */
  readonly own: boolean;
}

const name = "dockerd";

/**
 * A daemon of this run's own, which takes root; else, or when DOCKER_HOST names one, a daemon that runs already.
 *
 * Our own leaves nobody else's images and containers in the way, nor ours in theirs. It is behind the default proxy of the
 * lab and trusts its certificate authority, as the Docker host of a company would: it pulls what a template names from
 * registry.test.
 */
export function ensureDocker(): Promise<DockerDaemon> {
  return once("docker", async () => {
    if (process.getuid?.() === 0 && process.env["DOCKER_HOST"] === undefined) {
      return await start();
    }
    const running = await answering({});
    if (running === undefined) {
      throw new Error("no Docker daemon answers, and to start one takes root");
    }
    return running;
  });
}

/** What makes programs find the daemon of this run. Empty as long as no test file needed one. */
export function dockerEnvironment(): NodeJS.ProcessEnv {
  const host = readState<{ readonly value?: DockerDaemon }>("docker")?.value?.host;
  return host === undefined ? {} : { DOCKER_HOST: host };
}

async function start(): Promise<DockerDaemon> {
  const host = `unix://${statePath("docker.sock")}`;
  // The proxy and the bundle come later, before anything is pulled through them.
  const proxy = {
    HTTPS_PROXY: `http://${settings.isolated.gateway}:${settings.ports.proxy}`,
    NO_PROXY: "127.0.0.0/8",
    SSL_CERT_FILE: certificates().bundle,
  };
  startProcess(
    name,
    "dockerd",
    [
      ["--host", host],
      ["--data-root", statePath("docker", "data")],
      ["--exec-root", statePath("docker", "exec")],
      ["--pidfile", statePath("docker.pid")],
      // The rules of another daemon on this machine are not ours to rewrite, and our networks lead nowhere anyway.
      ["--iptables=false", "--ip-forward=false", "--ip-masq=false"],
    ].flat(),
    { env: { ...process.env, ...proxy } },
  );
  return await waitFor(
    "the Docker daemon",
    () => {
      if (!isRunning(name)) {
        throw new Error(`dockerd did not start:\n${processLog(name).slice(-5000)}`);
      }
      return answering({ DOCKER_HOST: host });
    },
    { context: () => processLog(name).slice(-5000) },
  ).then((daemon) => ({ ...daemon, host, own: true }));
}

/** The first client of PATH that daemon and client agree on: a newer one refuses the daemon of an older distribution. */
async function answering(environment: NodeJS.ProcessEnv): Promise<DockerDaemon | undefined> {
  const clients = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "docker"));
  for (const client of new Set(clients.filter((path) => existsSync(path)))) {
    const asked = await command(client, ["version", "--format", "{{.Server.Version}}"], {
      env: { ...process.env, ...environment },
      statuses: [0, 1],
    });
    if (asked.status === 0) {
      return { client, own: false };
    }
  }
  return undefined;
}
