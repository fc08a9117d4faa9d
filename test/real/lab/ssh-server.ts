import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { command } from "./command";
import { repositoriesFolder } from "./git-repository";
import { once } from "./once";
import { processLog, startProcess, waitForPort } from "./processes";
import { settings } from "./settings";
import { stateFolder, statePath } from "./state";

/** A key pair of OpenSSH. */
export interface SshKey {
  /** The file of the private key. */
  readonly file: string;
  readonly privateKey: string;
  /** Type, key and comment, with the end of the line. */
  readonly publicKey: string;
}

/** The accounts of the server. */
const accounts = ["git", "forge"];

/**
 * A real OpenSSH server in front of the repositories of git.test, at ports of its own on both networks. Its accounts have
 * `git-shell`, and are known to it alone: it has a list of users and a /srv of its own, in a mount namespace.
 */
export class SshServer {
  private constructor() {}

  /** Needs the networks; see `ProxyNetwork.start`. */
  public static async start(): Promise<SshServer> {
    const server = new SshServer();
    await once("ssh-server", async () => {
      mkdirSync(statePath("ssh"), { recursive: true });
      mkdirSync(repositoriesFolder(), { recursive: true });
      await makeKey(server.hostKey);
      writeFileSync(statePath("ssh", "authorized_keys"), "");
      writeFileSync(statePath("ssh", "passwd"), passwd());
      writeFileSync(statePath("ssh", "sshd_config"), server.config());
      const script = [
        "mkdir -p /run/sshd",
        `mount --bind ${statePath("ssh", "passwd")} /etc/passwd`,
        `mount --bind ${repositoriesFolder()} /srv`,
        `exec /usr/sbin/sshd -D -e -f ${statePath("ssh", "sshd_config")}`,
      ];
      startProcess("ssh", "unshare", ["--mount", "--propagation", "private", "sh", "-ec", script.join("\n")]);
      await waitForPort("ssh", settings.isolated.gateway, settings.ports.ssh);
      return true;
    });
    return server;
  }

  /** Of a repository that `ProxyNetwork.repository` made. */
  public url(name: string, user = "git"): string {
    return `ssh://${user}@git.test:${settings.ports.ssh}/srv/${name}.git`;
  }

  /** Its line of `known_hosts`; with another's key, on request, as if somebody were in between. */
  public knownHosts(publicKey = readFileSync(`${this.hostKey}.pub`, "utf8")): string {
    return `[git.test]:${settings.ports.ssh} ${publicKey}`;
  }

  /** A key that the server lets in, to all accounts. */
  public async authorizedKey(passphrase = ""): Promise<SshKey> {
    const key = await makeKey(`${stateFolder("ssh-key")}/id_ed25519`, passphrase);
    this.authorize(key.publicKey);
    return key;
  }

  public authorize(publicKey: string): void {
    appendFileSync(statePath("ssh", "authorized_keys"), `${publicKey.trim()}\n`);
  }

  /** What the server logged. */
  public get log(): string {
    return processLog("ssh");
  }

  private get hostKey(): string {
    return statePath("ssh", "host_ed25519");
  }

  private config(): string {
    const { isolated, open, ports } = settings;
    return [
      `ListenAddress ${isolated.gateway}:${ports.ssh}`,
      `ListenAddress ${open.gateway}:${ports.ssh}`,
      `HostKey ${this.hostKey}`,
      `AuthorizedKeysFile ${statePath("ssh", "authorized_keys")}`,
      `AllowUsers ${accounts.join(" ")}`,
      "AuthenticationMethods publickey",
      // The repositories are root's.
      "PermitRootLogin prohibit-password",
      "StrictModes no",
      "UsePAM no",
      "PidFile none",
      "",
    ].join("\n");
  }
}

/** The machine's own, and the accounts. */
function passwd(): string {
  const own = accounts.map((name) => `${name}:x:0:0::/srv:/usr/bin/git-shell\n`);
  return readFileSync("/etc/passwd", "utf8") + own.join("");
}

async function makeKey(file: string, passphrase = ""): Promise<SshKey> {
  await command("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "lab", "-f", file]);
  return { file, privateKey: readFileSync(file, "utf8"), publicKey: readFileSync(`${file}.pub`, "utf8") };
}
