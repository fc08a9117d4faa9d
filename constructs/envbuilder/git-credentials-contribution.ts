import { ValidationError, shown, shownUrl } from "../errors";
import type { GitCredentials, SshKeyOptions } from "../settings/git-credentials";
import { gitHostOf } from "../settings/git-host";
import type { KnownHosts } from "../settings/known-hosts";
import type { Repository } from "../settings/repository";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import { mayBeMounted } from "./mounted-path";
import type { PlannedFile } from "./planned-file";

/** Where the keys of SSH servers are: below Envbuilder's directory a build deletes nothing. @internal */
export const KNOWN_HOSTS_FOLDER = "/.envbuilder/known-hosts";
const ORIGIN = "gitCredentials";

/**
 * Tells Envbuilder what it signs in to the Git server with.
 *
 * @param mountPaths - what the author mounts
 * @throws when the repository cannot be cloned with it, or nobody has asked Coder for it
 * @internal
 */
export function contributeGitCredentials(
  settings: EnvbuilderSettings,
  mountPaths: readonly string[],
  env: Environment,
): Contribution {
  const { repository, gitCredentials: credentials } = settings;
  if (!credentials) return { warnings: keyWarnings(settings) };
  checkTransport(credentials, repository);
  const warnings = transportWarnings(credentials, repository);
  const { source } = credentials;
  const sshWarnings = "ssh" in source && !source.ssh.knownHosts ? hostWarnings(settings) : [];
  switch (source.kind) {
    case "external-auth":
    case "owner-ssh-key":
      throw new ValidationError(
        "git-credentials-need-a-template",
        `gitCredentials are ${source.kind === "owner-ssh-key" ? "the SSH key of a workspace's owner" : `the external authentication ${shown(source.id)}`}, which only Coder has; use a workspace, or GitCredentials with a secret of your own`,
      );
    case "ssh-key":
      env.add(ORIGIN, "ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64", source.key, true);
      return { files: contributeSsh(source.ssh, repository, env), warnings: [...warnings, ...sshWarnings] };
    case "ssh-key-path":
      checkMounted(source.path, mountPaths);
      env.add(ORIGIN, "ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH", source.path);
      return { files: contributeSsh(source.ssh, repository, env), warnings: [...warnings, ...sshWarnings] };
    default:
      contributeBasic(credentials, repository, env);
      return { warnings: [...warnings, ...clearWarnings(repository)] };
  }
}

function contributeBasic(credentials: GitCredentials, repository: Repository, env: Environment): void {
  const { user, password } = credentials.basic(gitHostOf(repository.possibleUrls)) ?? { user: [] };
  // A token may be the user.
  const secret = user.some((piece) => typeof piece !== "string");
  env.add(ORIGIN, "ENVBUILDER_GIT_USERNAME", user, secret);
  if (password) env.add(ORIGIN, "ENVBUILDER_GIT_PASSWORD", password, true);
}

function contributeSsh({ user, knownHosts }: SshKeyOptions, repository: Repository, env: Environment): PlannedFile[] {
  const account = user ?? accountOf(repository);
  if (account !== undefined && account !== "git") env.add(ORIGIN, "ENVBUILDER_GIT_USERNAME", account);
  if (!knownHosts) return [];
  const path = `${KNOWN_HOSTS_FOLDER}/known_hosts`;
  env.add(ORIGIN, "SSH_KNOWN_HOSTS", path);
  return [{ path, content: [content(knownHosts)] }];
}

/** The user of an SSH URL, of which Envbuilder takes no notice; undefined where it is nobody's or not always the same. */
function accountOf({ possibleUrls }: Repository): string | undefined {
  const users = possibleUrls.map((url) => /^(?:ssh:\/\/)?([^@/:]+)@/i.exec(url ?? "")?.[1]);
  return users.every((user) => user === users[0]) ? users[0] : undefined;
}

function content({ text }: KnownHosts): PlannedFile["content"][number] {
  return hasReference(text) ? { kind: "text", text: [text] } : { kind: "carried", name: "ssh/known_hosts", text };
}

function checkTransport(credentials: GitCredentials, { transports }: Repository): void {
  const { transport } = credentials;
  if (transports.some((one) => one === undefined || one === transport)) return;
  throw new ValidationError(
    "git-credentials-transport",
    transport === "ssh"
      ? "gitCredentials are an SSH key, and the repository is cloned by HTTP, which has no use for it; give the repository as git@HOST:PATH, or a token as GitCredentials.fromToken"
      : "gitCredentials are for HTTP, and the repository is cloned by SSH, which has no use for them; give the repository as https://HOST/PATH, or a key as GitCredentials.fromSshKey",
  );
}

function transportWarnings({ transport }: GitCredentials, repository: Repository): Warning[] {
  const { transports, possibleUrls } = repository;
  const misfit = transports.findIndex((one) => one !== undefined && one !== transport);
  const url = possibleUrls[misfit];
  // What users type is held to HTTP where the credentials are for that.
  const typed = transport === "ssh" && possibleUrls.includes(undefined);
  if (misfit < 0 && !typed) return [];
  const which = misfit < 0 ? "an https:// URL that a user gives" : shown(url);
  return [
    {
      id: "git-credentials-not-for-every-repository",
      message: `gitCredentials are ${transport === "ssh" ? "an SSH key" : "for HTTP"}, which ${which} has no use for: it is cloned as anybody may, or not at all; offer repositories of one kind`,
    },
  ];
}

function clearWarnings({ possibleUrls }: Repository): Warning[] {
  const url = possibleUrls.find((one) => one !== undefined && /^http:/i.test(one));
  if (url === undefined) return [];
  return [
    {
      id: "git-credentials-in-the-clear",
      message: `gitCredentials go to ${shownUrl(url)} without encryption, where everybody between reads them; clone by https://`,
    },
  ];
}

function hostWarnings(settings: EnvbuilderSettings): Warning[] {
  if (isSet(settings, "SSH_KNOWN_HOSTS")) return [];
  return [
    {
      id: "ssh-host-unverified",
      message:
        "Envbuilder clones by SSH from whatever server answers, because no keys are given that it is known by; give them as knownHosts of gitCredentials",
    },
  ];
}

function keyWarnings(settings: EnvbuilderSettings): Warning[] {
  const { transports } = settings.repository;
  if (!transports.every((one) => one === "ssh") || isSet(settings, "SSH_AUTH_SOCK")) return [];
  return [
    {
      id: "ssh-without-key",
      message:
        "the repository is cloned by SSH, which lets nobody in without a key, and there is none; give one as gitCredentials, such as GitCredentials.fromOwnerSshKey",
    },
  ];
}

/** What is no option of Envbuilder has no prop. */
function isSet({ environment = {}, secretEnvironment = {} }: EnvbuilderSettings, name: string): boolean {
  return name in environment || name in secretEnvironment;
}

function checkMounted(path: string, mountPaths: readonly string[]): void {
  if (mayBeMounted(path, mountPaths)) return;
  throw new ValidationError(
    "ssh-key-outside-mounts",
    `gitCredentials has the SSH key path ${shown(path)}, which lies in none of the mounts, so that Envbuilder goes on without a key; mount the key's folder, or give the key as GitCredentials.fromSshKey`,
  );
}
