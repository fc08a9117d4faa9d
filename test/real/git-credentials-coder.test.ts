import {
  CaBundle,
  CoderTemplate,
  GitCredentials,
  GitHost,
  KnownHosts,
  Proxy,
  Repository,
} from "cdktf-coder-envbuilder";
import { DockerWorkspace, type DockerWorkspaceProps } from "cdktf-coder-envbuilder/docker";

import { behindTheProxy } from "./lab/applied-workspace";
import { CoderServer } from "./lab/coder-server";
import { docker } from "./lab/docker";
import { GitAccounts } from "./lab/git-accounts";
import { ProxyNetwork } from "./lab/proxy-network";
import { SshServer } from "./lab/ssh-server";
import { synthesized } from "./lab/synthesized";

// Git credentials that only Coder has: what a workspace clones with, and what its user then pushes with.

const TOKEN = "token-of-the-linked-account";
/** What the agent tells Git of, and what is left of the clone. */
const LOOK = "env | grep ^GIT_ ; cat /workspaces/*/.git/config";

let lab: ProxyNetwork;
let coder: CoderServer;
let ssh: SshServer;
let accounts: GitAccounts;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  coder = await CoderServer.start();
  ssh = await SshServer.start();
  accounts = await GitAccounts.start(TOKEN);
}, 180_000);

afterAll(async () => await accounts.stop());

function template(name: string, props: Pick<DockerWorkspaceProps, "repository" | "gitCredentials" | "hosts">): string {
  return synthesized((app) => {
    const stack = new CoderTemplate(app, name);
    new DockerWorkspace(stack, "workspace", {
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
      ...props,
    });
    return stack;
  });
}

test("a user's linked account clones a private repository, and pushes to it", async () => {
  const image = await lab.debianImage();
  const files = { ".devcontainer/devcontainer.json": JSON.stringify({ image }) };
  const url = await lab.repository("linked", files, { credentials: `oauth2:${TOKEN}` });
  const gitCredentials = GitCredentials.fromExternalAuth("lab-git", { host: GitHost.GITLAB });
  const directory = template("linked", { repository: Repository.at(url), gitCredentials });

  const { id } = await coder.push("linked", directory);
  const asked = await coder.api("GET", `templateversions/${id}/external-auth`);
  await coder.linkAccount("lab-git");
  const answered = await coder.api("GET", `templateversions/${id}/external-auth`);
  const workspace = await coder.create("linked", "linked");
  await workspace.waitForAgent();
  const look = await workspace.ssh(LOOK);
  const pushed = await workspace.ssh(
    "cd /workspaces/linked && git config --global --add safe.directory '*' && git commit --quiet --allow-empty -m Mine && git push origin main 2>&1",
  );
  await workspace.delete();

  expect(asked).toMatchObject([{ id: "lab-git", authenticated: false }]);
  expect(answered).toMatchObject([{ id: "lab-git", authenticated: true }]);
  expect(look).toMatch(/^GIT_ASKPASS=\S*coder\S*$/m);
  expect(look).toContain(`url = ${url}\n`);
  expect(look).not.toContain(TOKEN);
  expect(pushed).toMatch(/main -> main/);
}, 300_000);

test("the owner's key of Coder clones by SSH", async () => {
  await lab.repository("owned", { ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }) });
  const { public_key: publicKey } = await coder.api<{ readonly public_key: string }>("GET", "users/me/gitsshkey");
  ssh.authorize(publicKey);
  const directory = template("owned", {
    repository: Repository.at(ssh.url("owned")),
    gitCredentials: GitCredentials.fromOwnerSshKey({ knownHosts: KnownHosts.fromText(ssh.knownHosts()) }),
    hosts: { "proxy.test": lab.gateway, "git.test": lab.gateway },
  });

  await coder.push("owned", directory);
  const workspace = await coder.create("owned", "owned");
  await workspace.waitForAgent();
  const look = await workspace.ssh(LOOK);
  const { stdout: names } = await docker(["ps", "--format", "{{.Names}}", "--filter", "name=-owned"]);
  await workspace.delete();

  expect(names).toContain("coder-admin-owned");
  expect(look).toMatch(/^GIT_SSH_COMMAND=\S*coder gitssh --$/m);
  expect(look).toContain(`url = ${ssh.url("owned")}\n`);
  expect(look).not.toMatch(/PRIVATE KEY|GIT_SSH_PRIVATE/);
}, 180_000);
