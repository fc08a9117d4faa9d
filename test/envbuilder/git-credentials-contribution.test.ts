import { planContainer, type ContainerPlan } from "../../constructs/envbuilder/container-plan";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { KnownHosts } from "../../constructs/settings/known-hosts";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { refusal, refusedBy } from "../refusal";

const https = Repository.at("https://git.test/app.git");
const ssh = Repository.at("git@git.test:app.git");
const secret = Secret.fromReference("${data.vault.me.token}");
const knownHosts = KnownHosts.fromText("git.test ssh-ed25519 AAAAC3Nz");
const mounts = [{ path: "/.envbuilder/ssh", readOnly: true }];

function plan(gitCredentials: GitCredentials | undefined, settings: Partial<EnvbuilderSettings> = {}): ContainerPlan {
  return planContainer({ repository: https, gitCredentials, ...settings }, { mounts });
}

/** Of each variable that the credentials set, whether it is secret. */
function secrecy(gitCredentials: GitCredentials, settings?: Partial<EnvbuilderSettings>): Record<string, boolean> {
  const { env } = plan(gitCredentials, settings);
  return Object.fromEntries(
    env.filter(({ origin }) => origin === "gitCredentials").map(({ name, secret: isSecret }) => [name, isSecret]),
  );
}

function user(gitCredentials: GitCredentials, repository: Repository): unknown {
  return plan(gitCredentials, { repository }).env.find(({ name }) => name === "ENVBUILDER_GIT_USERNAME")?.value;
}

const ids = (gitCredentials: GitCredentials | undefined, settings?: Partial<EnvbuilderSettings>): string[] =>
  plan(gitCredentials, settings).warnings.map(({ id }) => id);

function chosen(...urls: string[]): Repository {
  const options = urls.map((url) => ({ name: url, url }));
  return Repository.chosenByUser({ options, custom: options.length === 0 }).chosen("${local.repository_url}");
}

describe("credentials for HTTP", () => {
  test("have a secret for a user where the token is the user", () => {
    expect(secrecy(GitCredentials.fromToken(secret), { repository: Repository.at("https://github.com/a/b") })).toEqual({
      ENVBUILDER_GIT_USERNAME: true,
    });
  });

  test("show a user that is none", () => {
    const visible = { ENVBUILDER_GIT_PASSWORD: true, ENVBUILDER_GIT_USERNAME: false };

    expect(secrecy(GitCredentials.fromToken(secret))).toEqual(visible);
    expect(secrecy(GitCredentials.fromPassword({ user: "alice", password: secret }))).toEqual(visible);
  });

  test("hide a user that says whether there is a token", () => {
    const optional = GitCredentials.fromExternalAuth("gitlab", { optional: true }).answered("${data.x.y}");

    expect(secrecy(optional)).toEqual({ ENVBUILDER_GIT_PASSWORD: true, ENVBUILDER_GIT_USERNAME: true });
  });

  test("fail with git-credentials-transport where the repository is cloned by SSH", () => {
    expect(refusal(() => plan(GitCredentials.fromToken(secret), { repository: ssh }))).toMatch(
      /^gitCredentials are for HTTP, and .*\[git-credentials-transport\]$/,
    );
    expect(refusedBy(() => plan(GitCredentials.fromToken(secret), { repository: chosen("git@git.test:a") }))).toBe(
      "git-credentials-transport",
    );
  });

  test("warn with git-credentials-not-for-every-repository where one of several is cloned by SSH", () => {
    const repository = chosen("https://git.test/a", "git@git.test:a");

    expect(ids(GitCredentials.fromToken(secret), { repository })).toEqual(["git-credentials-not-for-every-repository"]);
    expect(plan(GitCredentials.fromToken(secret), { repository }).warnings[0]?.message).toContain('"git@git.test:a"');
  });

  test("are silent of a URL that is not known: users are asked for one by HTTP", () => {
    expect(ids(GitCredentials.fromToken(secret), { repository: chosen() })).toEqual([]);
    expect(ids(GitCredentials.fromToken(secret), { repository: Repository.at("${var.url}") })).toEqual([]);
  });
});

function at(path: string): GitCredentials {
  return GitCredentials.fromSshKeyPath(path, { knownHosts });
}

test("warns with git-credentials-in-the-clear", () => {
  const clear = Repository.at("http://git.example.com/team/app.git");

  expect(ids(GitCredentials.fromToken(secret), { repository: clear })).toEqual(["git-credentials-in-the-clear"]);
});

describe("an SSH key", () => {
  test("is a secret, and the keys of servers are a file below Envbuilder's directory", () => {
    const credentials = GitCredentials.fromSshKey(secret, { knownHosts });
    const { files, env } = plan(credentials, { repository: ssh });

    expect(secrecy(credentials, { repository: ssh })).toEqual({
      ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64: true,
      SSH_KNOWN_HOSTS: false,
    });
    expect(env.find(({ name }) => name === "SSH_KNOWN_HOSTS")?.value).toEqual(["/.envbuilder/known-hosts/known_hosts"]);
    expect(files).toEqual([
      {
        path: "/.envbuilder/known-hosts/known_hosts",
        content: [{ kind: "carried", name: "ssh/known_hosts", text: knownHosts.text }],
      },
    ]);
  });

  test("has a file that Terraform makes where the keys of servers are a reference", () => {
    const credentials = GitCredentials.fromSshKey(secret, { knownHosts: KnownHosts.fromText("${var.known_hosts}") });

    expect(plan(credentials, { repository: ssh }).files[0]?.content).toEqual([
      { kind: "text", text: ["${var.known_hosts}\n"] },
    ]);
  });

  test.each([
    ["git@git.test:app.git", undefined],
    ["ssh://git.test/app.git", undefined],
    ["ssh://alice@git.test:2222/app.git", ["alice"]],
    ["alice@git.test:app.git", ["alice"]],
    ["${var.url}", undefined],
  ])("signs in to %s as %j", (url, name) => {
    expect(user(GitCredentials.fromSshKey(secret), Repository.at(url))).toEqual(name);
  });

  test("signs in as the user that the author names, or all options do", () => {
    const credentials = GitCredentials.fromSshKey(secret);

    expect(user(GitCredentials.fromSshKey(secret, { user: "forge" }), ssh)).toEqual(["forge"]);
    expect(user(credentials, chosen("alice@git.test:a", "ssh://alice@git.test/b"))).toEqual(["alice"]);
    expect(user(credentials, chosen("alice@git.test:a", "bob@git.test:b"))).toBeUndefined();
  });

  test("by path has to be in a mount, as far as those are known: ssh-key-outside-mounts", () => {
    const settings = { repository: ssh };

    expect(secrecy(at("/.envbuilder/ssh/id"), settings)).toMatchObject({ ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH: false });
    expect(ids(at("${var.path}"), settings)).toEqual([]);
    expect(refusedBy(() => plan(at("/.envbuilder/ssh2/id"), settings))).toBe("ssh-key-outside-mounts");
    expect(
      planContainer(
        { ...settings, gitCredentials: at("/keys/id") },
        { mounts: [{ path: "${var.folder}", readOnly: false }] },
      ).warnings,
    ).toEqual([]);
  });

  test("fails with git-credentials-transport where the repository is cloned by HTTP", () => {
    expect(refusal(() => plan(GitCredentials.fromSshKey(secret)))).toMatch(
      /^gitCredentials are an SSH key, and .*\[git-credentials-transport\]$/,
    );
  });

  test("warns with git-credentials-not-for-every-repository where users may give another URL", () => {
    const credentials = GitCredentials.fromSshKey(secret, { knownHosts });

    expect(ids(credentials, { repository: chosen() })).toEqual(["git-credentials-not-for-every-repository"]);
    expect(ids(credentials, { repository: Repository.at("${var.url}") })).toEqual([]);
  });

  test("warns with ssh-host-unverified without the keys of servers", () => {
    const credentials = GitCredentials.fromSshKey(secret);

    expect(ids(credentials, { repository: ssh })).toEqual(["ssh-host-unverified"]);
    expect(ids(credentials, { repository: ssh, environment: { SSH_KNOWN_HOSTS: "/keys/known_hosts" } })).toEqual([]);
  });

  test("is missed with ssh-without-key, unless an agent has one", () => {
    expect(ids(undefined, { repository: ssh })).toEqual(["ssh-without-key"]);
    expect(ids(undefined, { repository: ssh, environment: { SSH_AUTH_SOCK: "/run/agent" } })).toEqual([]);
    expect(ids(undefined, { repository: Repository.at("${var.url}") })).toEqual([]);
    expect(ids(undefined)).toEqual([]);
  });
});

test.each([
  [GitCredentials.fromOwnerSshKey(), ssh, "the SSH key of a workspace's owner"],
  [GitCredentials.fromExternalAuth("github"), https, 'the external authentication "github"'],
])("fails with git-credentials-need-a-template where nobody has asked Coder", (credentials, repository, text) => {
  const message = refusal(() => plan(credentials, { repository }));

  expect(message).toContain(text);
  expect(message).toContain("[git-credentials-need-a-template]");
});
