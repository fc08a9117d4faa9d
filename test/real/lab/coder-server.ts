import { copyFileSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type CoderWorkspace, createWorkspace } from "./coder-workspace";
import { type CommandResult, command } from "./command";
import { ensureDocker } from "./docker-daemon";
import { parseJson } from "./json";
import { once } from "./once";
import { startPostgres } from "./postgres";
import { startProcess, waitForPort } from "./processes";
import { ProxyNetwork } from "./proxy-network";
import { settings } from "./settings";
import { stateFolder, statePath } from "./state";
import { terraformEnvironment, tool } from "./tools";
import { waitFor } from "./wait";

export interface TemplateVersion {
  readonly id: string;
  readonly template_id: string;
  readonly name: string;
}

export interface CreateOptions {
  /** By name. Those that are missing take their defaults. @default - none given */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The name of a preset. @default - none */
  readonly preset?: string;
}

/**
 * A real Coder server with its own provisioner, Terraform and all, at an address that containers on the isolated
 * network reach without the proxy. Started by the first test file that asks, for the whole run.
 */
export class CoderServer {
  public readonly url = `http://${settings.isolated.gateway}:${settings.ports.coder}`;

  private constructor() {}

  public static async start(): Promise<CoderServer> {
    const lab = await ProxyNetwork.start();
    const server = new CoderServer();
    await once("coder-server", async () => {
      const database = await startPostgres();
      server.serve(database, lab.hostEnvironment);
      await server.waitUntilReady();
      await server.makeFirstUser();
      return true;
    });
    return server;
  }

  /** The command line, as the first user. Fails with its own text. */
  public async coder(...args: readonly string[]): Promise<CommandResult> {
    const env = { ...terraformEnvironment(), ...this.cliEnvironment() };
    return await command(tool("coder"), args, { env, timeoutSec: 180 });
  }

  /** The API, as the first user: a path below /api/v2, such as "users/me/workspace/demo". */
  public async api<T>(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v2/${path}`, {
      method,
      headers: { "Coder-Session-Token": this.token, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return parseJson<T>(text === "" ? "null" : text);
  }

  /** `coder templates push`, as an administrator would. Returns the version, active now. */
  public async push(
    template: string,
    directory: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<TemplateVersion> {
    // In a file (JSON is YAML): `--variable` reads its value as CSV and keeps the first line alone.
    const values = join(stateFolder("variables"), "values.yaml");
    writeFileSync(values, JSON.stringify(variables));
    const source = ["-d", directory, "--variables-file", values];
    await this.coder("templates", "push", template, ...source, "--ignore-lockfile", "--yes");
    const { active_version_id: version } = await this.api<{ readonly active_version_id: string }>(
      "GET",
      `organizations/default/templates/${template}`,
    );
    return await this.api("GET", `templateversions/${version}`);
  }

  /** Creates a workspace and waits until its build ends, not for its agents. Fails with the log of the build. */
  public async create(name: string, template: string, options: CreateOptions = {}): Promise<CoderWorkspace> {
    return await createWorkspace(this, name, template, options);
  }

  /** The environment of an administrator's shell: `coder` signed in, `docker` and `terraform` at hand. */
  public async shellEnvironment(): Promise<NodeJS.ProcessEnv> {
    const { client } = await ensureDocker();
    const programs = stateFolder("bin");
    symlinkSync(tool("coder"), join(programs, "coder"));
    symlinkSync(client, join(programs, "docker"));
    const environment = { ...terraformEnvironment(), ...this.cliEnvironment() };
    return { ...environment, PATH: `${programs}:${process.env["PATH"]}` };
  }

  /** Links the first user's account at a provider of external authentication, as a browser would that is sent back with a code. */
  public async linkAccount(id: string): Promise<void> {
    const callback = `${this.url}/external-auth/${id}/callback`;
    const session = { "Coder-Session-Token": this.token };
    const asked = await fetch(callback, { headers: session, redirect: "manual" });
    const state = new URL(asked.headers.get("location") ?? callback).searchParams.get("state") ?? "";
    const cookie = asked.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const linked = await fetch(`${callback}?code=lab&state=${state}`, {
      headers: { ...session, cookie },
      redirect: "manual",
    });
    if (linked.status >= 400) throw new Error(`${callback}: ${linked.status} ${await linked.text()}`);
  }

  private get token(): string {
    return readFileSync(statePath("coder", "cli", "session"), "utf8").trim();
  }

  private cliEnvironment(): NodeJS.ProcessEnv {
    return {
      CODER_URL: this.url,
      CODER_CONFIG_DIR: statePath("coder", "cli"),
      CODER_NO_VERSION_WARNING: "true",
      CODER_NO_FEATURE_WARNING: "true",
      NO_COLOR: "1",
      // `coder ssh` leaves files there.
      TMPDIR: statePath(),
      // The host is behind the proxy; the server is on this side of it.
      NO_PROXY: settings.isolated.gateway,
    };
  }

  private serve(database: string, hostEnvironment: NodeJS.ProcessEnv): void {
    const cache = statePath("coder", "cache");
    serveAgents(`${cache}/site/bin`);
    const options = {
      HTTP_ADDRESS: `${settings.isolated.gateway}:${settings.ports.coder}`,
      ACCESS_URL: this.url,
      PG_CONNECTION_URL: database,
      CACHE_DIRECTORY: cache,
      CONFIG_DIR: statePath("coder", "server"),
      TELEMETRY_ENABLE: "false",
      UPDATE_CHECK: "false",
      OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE: "false",
      DERP_SERVER_STUN_ADDRESSES: "disable",
      ...externalAuth(),
      PROVISIONER_DAEMONS: "2",
      PROVISIONER_DAEMON_POLL_INTERVAL: "200ms",
      PROVISIONER_DAEMON_POLL_JITTER: "10ms",
    };
    const env = Object.fromEntries(Object.entries(options).map(([name, value]) => [`CODER_${name}`, value]));
    startProcess("coder", tool("coder"), ["server"], {
      env: { ...terraformEnvironment(), ...hostEnvironment, ...env, HOME: statePath("coder") },
      signal: "SIGINT",
    });
  }

  private async waitUntilReady(): Promise<void> {
    await waitForPort("coder", settings.isolated.gateway, settings.ports.coder);
    const build = `${this.url}/api/v2/buildinfo`;
    await waitFor("Coder's API", async () => (await fetch(build).catch(() => undefined))?.ok || undefined);
  }

  private async makeFirstUser(): Promise<void> {
    const user = ["--first-user-username", "admin", "--first-user-email", "admin@example.test"];
    const more = [
      "--first-user-full-name",
      "Admin",
      "--first-user-password",
      "Lab-password-1",
      "--first-user-trial=false",
    ];
    await this.coder("login", this.url, ...user, ...more);
  }
}

/** The provider of external authentication that workspaces clone from git.test with; see `GitAccounts`. */
function externalAuth(): Record<string, string> {
  const provider = {
    ID: "lab-git",
    TYPE: "gitlab",
    CLIENT_ID: "lab",
    CLIENT_SECRET: "lab",
    AUTH_URL: `http://127.0.0.1:${settings.accountsPort}/authorize`,
    TOKEN_URL: `http://127.0.0.1:${settings.accountsPort}/token`,
    VALIDATE_URL: `http://127.0.0.1:${settings.accountsPort}/user`,
    REGEX: "git\\.test",
  };
  return Object.fromEntries(Object.entries(provider).map(([name, value]) => [`EXTERNAL_AUTH_0_${name}`, value]));
}

/** Agents download their program from the server, which a build without the web site does not hold: it looks here. */
function serveAgents(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const target = `${folder}/coder-linux-${process.arch === "x64" ? "amd64" : process.arch}`;
  try {
    linkSync(tool("coder"), target);
  } catch {
    // Another file system.
    copyFileSync(tool("coder"), target);
  }
}
