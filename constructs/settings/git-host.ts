import type { Text } from "./text";

/** What serves Git repositories, as far as it matters where a token has to stand. */
export enum GitHost {
  /** GitHub: the token is the user. */
  GITHUB = "github",
  /** GitLab: the token is the password of the user `oauth2`. */
  GITLAB = "gitlab",
  /** Bitbucket: the token is the password of the user `x-token-auth`. */
  BITBUCKET = "bitbucket",
  /** Azure DevOps: the token is the user. */
  AZURE_DEVOPS = "azure-devops",
  /**
   * Any other: the token is the password of the user `oauth2`. GitLab demands that user for tokens of OAuth; Gitea, Forgejo,
   * GitHub and Azure DevOps look at the password and take any user.
   */
  OTHER = "other",
}

/** User and password of HTTP basic authentication. @internal */
export interface BasicCredentials {
  readonly user: Text;
  /** @default - none */
  readonly password?: Text;
}

/** The hosts that everybody knows, as they end. */
const PUBLIC: readonly (readonly [string, GitHost])[] = [
  ["github.com", GitHost.GITHUB],
  ["gitlab.com", GitHost.GITLAB],
  ["bitbucket.org", GitHost.BITBUCKET],
  ["dev.azure.com", GitHost.AZURE_DEVOPS],
  ["visualstudio.com", GitHost.AZURE_DEVOPS],
];

/** User names that go with a token as the password; for the other hosts the token itself is the user. */
const USERS: { readonly [host in GitHost]?: string } = {
  [GitHost.GITLAB]: "oauth2",
  [GitHost.BITBUCKET]: "x-token-auth",
  [GitHost.OTHER]: "oauth2",
};

/**
 * The host that the URLs of a repository lead to: that of all of them, or else any other.
 *
 * @param urls - undefined is a URL that is not known at synth
 * @internal
 */
export function gitHostOf(urls: readonly (string | undefined)[]): GitHost {
  const hosts = new Set(urls.map((url) => publicHost(url ?? "")));
  const [only] = hosts;
  return hosts.size === 1 && only !== undefined ? only : GitHost.OTHER;
}

function publicHost(url: string): GitHost | undefined {
  const name = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
  return PUBLIC.find(([end]) => name === end || name.endsWith(`.${end}`))?.[1];
}

/** Where a host wants its token. @internal */
export function placedToken(token: Text, host: GitHost): BasicCredentials {
  const user = USERS[host];
  return user === undefined ? { user: token } : { user: [user], password: token };
}
