import { TerraformVariable } from "cdktf";
import {
  CaBundle,
  CoderTemplate,
  GitCredentials,
  GitHost,
  KnownHosts,
  Proxy,
  Repository,
  Secret,
} from "cdktf-coder-envbuilder";
import { DockerMount, DockerWorkspace, type DockerWorkspaceProps } from "cdktf-coder-envbuilder/docker";

import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { docker } from "./lab/docker";
import { requests } from "./lab/flow-log";
import { InterceptingProxy } from "./lab/intercepting-proxy";
import { ProxyNetwork } from "./lab/proxy-network";
import { SshServer, type SshKey } from "./lab/ssh-server";
import { synthesized } from "./lab/synthesized";

// What Envbuilder makes of each kind of Git credentials, and what is left of them in the workspace.

const INIT = "env | sort | sed 's/^/ENV /'; cat /workspaces/*/.git/config; echo MARKER; exec sleep 3600";
const TOKEN = "tok/en+1 ü$(x)";

let lab: ProxyNetwork;
let ssh: SshServer;
let key: SshKey;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  ssh = await SshServer.start();
  key = await ssh.authorizedKey();
  await lab.repository("by-ssh", devcontainer());
}, 120_000);

function devcontainer(): Record<string, string> {
  return { ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }) };
}

/** A workspace that takes one secret as a variable. */
function applied(
  name: string,
  value: string,
  props: (secret: Secret) => Partial<DockerWorkspaceProps> & Pick<DockerWorkspaceProps, "repository">,
): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    const secret = Secret.fromVariable(template.variable("secret", { description: "A secret.", sensitive: true }));
    new DockerWorkspace(template, "workspace", {
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
      ...props(secret),
    });
    return template;
  });
  return new AppliedWorkspace(directory, { name, initScript: INIT, vars: { secret: value } });
}

interface Seen {
  readonly log: string;
  /** The plan before, the state and the plan after: what people see of Terraform. */
  readonly terraform: string;
}

async function seen(workspace: AppliedWorkspace): Promise<Seen> {
  try {
    await workspace.init();
    const before = await workspace.planText();
    await workspace.start();
    const log = await workspace.logWith("MARKER\n");
    return { log, terraform: [before, await workspace.stateText(), await workspace.planText()].join("\n") };
  } finally {
    await workspace.destroy();
  }
}

/** Fails where a secret is in the log, which has the workspace's environment and .git/config, or in what Terraform shows. */
function expectNowhere({ log, terraform }: Seen, value: string): void {
  const forms = [value, encodeURIComponent(value), Buffer.from(value).toString("base64"), value.trim()];
  expect(forms.filter((form) => `${log}\n${terraform}`.includes(form))).toEqual([]);
  expect(terraform).toContain("docker_container.workspace[0] will be created");
  expect(log).not.toMatch(/^ENV (?:ENVBUILDER_)?GIT_(?!SSL_CAINFO)/m);
  expect(log).toContain('[remote "origin"]');
}

describe("a private repository by HTTPS", () => {
  test.each<[GitHost, string]>([
    [GitHost.OTHER, `oauth2:${TOKEN}`],
    [GitHost.GITLAB, `oauth2:${TOKEN}`],
    [GitHost.BITBUCKET, `x-token-auth:${TOKEN}`],
    [GitHost.GITHUB, `${TOKEN}:`],
    [GitHost.AZURE_DEVOPS, `${TOKEN}:`],
  ])("is cloned with a token, where %s wants it, which is nowhere afterwards", async (host, credentials) => {
    const name = `token-${host}`;
    const url = await lab.repository(name, devcontainer(), { credentials });
    const mark = lab.proxy.flows.mark();

    const result = await seen(
      applied(name, TOKEN, (token) => ({
        repository: Repository.at(url),
        gitCredentials: GitCredentials.fromToken(token, { host }),
      })),
    );

    expect(result.log).toContain("MARKER\n");
    expect(result.log).toContain(`url = ${url}\n`);
    expectNowhere(result, TOKEN);
    expect(requests(lab.proxy.flows.since(mark))).toContain(`POST git.test/${name}.git/git-upload-pack 200`);
  });

  test("is cloned with a user and a password", async () => {
    const url = await lab.repository("password", devcontainer(), { credentials: `alice@test:${TOKEN}` });

    const result = await seen(
      applied("git-password", TOKEN, (password) => ({
        repository: Repository.at(url),
        gitCredentials: GitCredentials.fromPassword({ user: "alice@test", password }),
      })),
    );

    expect(result.log).toContain("MARKER\n");
    expectNowhere(result, TOKEN);
  });

  test("is not cloned with a wrong token, an empty one, or none, and Envbuilder says what it tried", async () => {
    const url = await lab.repository("closed-git", devcontainer(), { credentials: `oauth2:${TOKEN}` });
    const logOf = async (name: string, value: string, given = true): Promise<string> =>
      (
        await seen(
          applied(name, value, (token) => ({
            repository: Repository.at(url),
            gitCredentials: given ? GitCredentials.fromToken(token) : undefined,
          })),
        )
      ).log;

    const wrong = await logOf("git-wrong", "another");
    const empty = await logOf("git-empty", "");
    const none = await logOf("git-none", "unused", false);

    expect(wrong).toContain("Using HTTP basic authentication!");
    expect(empty).toContain("Using HTTP basic authentication!");
    expect(none).toContain("Using no authentication!");
    for (const log of [wrong, empty, none]) {
      expect(log).toMatch(
        /Failed to clone repository: clone "https:\/\/git\.test\/closed-git\.git": authentication required/,
      );
      expect(log).not.toContain("MARKER");
    }
  });
});

/** SSH asks no proxy: the server's address has to be known. */
function direct(): Partial<DockerWorkspaceProps> {
  return { hosts: { "proxy.test": lab.gateway, "git.test": lab.gateway } };
}

/** Of a workspace that clones by SSH and knows no address but the proxy's. */
async function proxiedLog(name: string, proxy: Proxy): Promise<string> {
  const workspace = applied(name, key.privateKey, (secret) => ({
    repository: Repository.at(ssh.url("by-ssh")),
    gitCredentials: GitCredentials.fromSshKey(secret, { knownHosts: KnownHosts.fromText(ssh.knownHosts()) }),
    proxy,
  }));
  return (await seen(workspace)).log;
}

describe("a repository by SSH", () => {
  test.each(["PEM", "PEM without its last line end", "base64"])(
    "is cloned with a key in %s, from the server that is known, and nothing is left of it",
    async (form) => {
      const { privateKey } = key;
      const value = { PEM: privateKey, base64: Buffer.from(privateKey).toString("base64") }[form] ?? privateKey.trim();
      const options = { knownHosts: KnownHosts.fromText(ssh.knownHosts()) };

      const result = await seen(
        applied(`ssh-${form.toLowerCase().replaceAll(" ", "-")}`.slice(0, 20).replace(/-$/, ""), value, (secret) => ({
          ...direct(),
          repository: Repository.at(ssh.url("by-ssh")),
          gitCredentials:
            form === "base64"
              ? GitCredentials.fromSshKeyBase64(secret, options)
              : GitCredentials.fromSshKey(secret, options),
        })),
      );

      expect(result.log).toMatch(/Using ssh-ed25519 key![^]*MARKER\n/);
      expect(result.log).toContain("ENV SSH_KNOWN_HOSTS=/.envbuilder/known-hosts/known_hosts\n");
      expect(result.log).not.toContain("accepting all host keys");
      expectNowhere(result, privateKey);
    },
  );

  test("is cloned with a key that is mounted, which stays", async () => {
    const workspace = applied("ssh-path", "unused", () => ({
      ...direct(),
      repository: Repository.at(ssh.url("by-ssh")),
      gitCredentials: GitCredentials.fromSshKeyPath("/.envbuilder/ssh/id_ed25519"),
      mounts: [DockerMount.bind(key.file, "/.envbuilder/ssh/id_ed25519", { readOnly: true })],
    }));

    await workspace.start();
    const log = await workspace.logWith("MARKER\n");
    const { stdout } = await docker(["exec", workspace.container, "cat", "/.envbuilder/ssh/id_ed25519"]);
    await workspace.destroy();

    expect(log).toMatch(/accepting all host keys![^]*Got host key: \[git\.test\]:2222,\S+ ssh-ed25519[^]*MARKER\n/);
    expect(stdout).toBe(key.privateKey);
  });

  test("is not cloned where another server answers", async () => {
    const other = (await ssh.authorizedKey()).publicKey;

    const { log } = await seen(
      applied("ssh-other", key.privateKey, (secret) => ({
        ...direct(),
        repository: Repository.at(ssh.url("by-ssh")),
        gitCredentials: GitCredentials.fromSshKey(secret, { knownHosts: KnownHosts.fromText(ssh.knownHosts(other)) }),
      })),
    );

    expect(log).toMatch(/Failed to clone repository:.*knownhosts: key mismatch/);
    expect(log).not.toContain("MARKER");
  });

  test("is cloned by the user of its URL, whom Envbuilder takes no notice of", async () => {
    const logOf = async (name: string, user?: string): Promise<string> =>
      (
        await seen(
          applied(name, key.privateKey, (secret) => ({
            ...direct(),
            // To nobody but git and forge the server opens.
            repository: Repository.at(ssh.url("by-ssh", user === undefined ? "forge" : "nobody")),
            gitCredentials: GitCredentials.fromSshKey(secret, { user }),
          })),
        )
      ).log;

    expect(await logOf("ssh-forge")).toContain("MARKER\n");
    expect(await logOf("ssh-user", "git")).toContain("MARKER\n");
    expect(ssh.log).toMatch(/Accepted publickey for forge from/);
  });

  test("is not cloned with a key that has a passphrase, or is none, or without one", async () => {
    const locked = await ssh.authorizedKey("passphrase");
    const logOf = async (name: string, value: string, given = true): Promise<string> =>
      (
        await seen(
          applied(name, value, (secret) => ({
            ...direct(),
            repository: Repository.at(ssh.url("by-ssh")),
            gitCredentials: given ? GitCredentials.fromSshKey(secret) : undefined,
          })),
        )
      ).log;

    const passphrase = await logOf("ssh-passphrase", locked.privateKey);
    const none = await logOf("ssh-none", "no key");
    const without = await logOf("ssh-without", "unused", false);

    expect(passphrase).toMatch(/Failed to decode base 64 private key: .*this private key is passphrase protected/);
    expect(none).toMatch(/Failed to decode base 64 private key: .*ssh: no key found/);
    for (const log of [passphrase, none, without]) {
      expect(log).toMatch(/No SSH key found, falling back to agent!/);
      expect(log).not.toContain("MARKER");
    }
  });

  test("has a key that Terraform shows where a validation refuses it, hence sensitive-variable-validation", async () => {
    const directory = synthesized((app) => {
      const template = new CoderTemplate(app, "ssh-validation");
      const condition = '${can(regex("BEGIN OPENSSH", var.key))}';
      const validation = [{ condition, errorMessage: "Give a key in PEM." }];
      new TerraformVariable(template, "key", { type: "string", sensitive: true, validation });
      return template;
    });
    const vars = { key: "shown-by-terraform" };
    const workspace = new AppliedWorkspace(directory, { name: "ssh-validation", initScript: INIT, vars });
    await workspace.init();

    // Terraform's own text, below the command line.
    await expect(workspace.planText()).rejects.toThrow(/var\.key is "shown-by-terraform"/);
  });

  test("is out of reach behind an HTTP proxy, and cloned through a SOCKS proxy", async () => {
    const socks = await InterceptingProxy.start("socks-proxy", { port: 8084, socks: true });
    const mark = socks.flows.mark();
    const http = await proxiedLog("ssh-http", Proxy.containerWide({ url: lab.proxy.url() }));
    const all = await proxiedLog("ssh-socks", Proxy.containerWide({ url: socks.url({ scheme: "socks5" }) }));
    const git = await proxiedLog(
      "ssh-git-socks",
      Proxy.containerWide({ url: lab.proxy.url(), gitUrl: socks.url({ scheme: "socks5" }) }),
    );
    const flows = socks.flows.since(mark);
    await socks.stop();

    expect(http).toMatch(/lookup git\.test on .*: no such host/);
    expect(http).not.toContain("MARKER");
    expect(all).toContain("MARKER\n");
    expect(git).toContain("MARKER\n");
    expect(flows.filter(({ event }) => event === "tcp")).toHaveLength(2);
  });
});
