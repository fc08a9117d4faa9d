import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath } from "./absolute-path";
import { GitHost, placedToken, type BasicCredentials } from "./git-host";
import type { GitTransport } from "./git-url";
import { isKind, markKind } from "./kind";
import type { KnownHosts } from "./known-hosts";
import { checkPropKinds } from "./prop-kinds";
import { Secret } from "./secret";
import { withStandIns } from "./stretches";
import { hasReference, type Text } from "./text";
import { STRING, checkKind } from "./value-kinds";
import { UnicodePattern } from "../unicode-pattern";

/** A token that stands for a user. */
export interface GitTokenOptions {
  /**
   * What serves the repository, which decides where the token stands.
   *
   * @default - what the repository's URL says of github.com, gitlab.com, bitbucket.org and Azure DevOps; else `GitHost.OTHER`
   */
  readonly host?: GitHost;
}

/** A user of a Git server. */
export interface GitPasswordProps {
  /** The user's name, without a colon; it may be a reference. */
  readonly user: string;
  /** The password, by reference. */
  readonly password: Secret;
}

/** An account that the user has linked with Coder. */
export interface ExternalAuthOptions extends GitTokenOptions {
  /**
   * Whether users may create a workspace without linking their account. Such a one clones public repositories only.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** How a clone by SSH signs in beside its key. */
export interface SshKeyOptions {
  /**
   * The account on the SSH server (`ENVBUILDER_GIT_USERNAME`). Envbuilder takes none from the repository's URL.
   *
   * @default - the one in the repository's URL, where that is known at synth; else `git`
   */
  readonly user?: string;
  /**
   * The keys that SSH servers are known by (`SSH_KNOWN_HOSTS`).
   *
   * @default - none: Envbuilder accepts and logs whatever key a server shows
   */
  readonly knownHosts?: KnownHosts;
}

/** What a clone signs in with. @internal */
export type GitCredentialsSource =
  /** HTTP basic authentication. */
  | ({ readonly kind: "basic" } & BasicCredentials)
  /** A token, as a secret or as an expression that may be empty. */
  | { readonly kind: "token"; readonly token: Text; readonly emptyIf?: string; readonly host?: GitHost }
  /** An account that Coder has to be asked for. */
  | ({ readonly kind: "external-auth"; readonly id: string } & ExternalAuthOptions)
  /** A private key in base64. */
  | { readonly kind: "ssh-key"; readonly key: Text; readonly ssh: SshKeyOptions }
  /** A private key that is in the container. */
  | { readonly kind: "ssh-key-path"; readonly path: string; readonly ssh: SshKeyOptions }
  /** The key that Coder made for the workspace's owner. */
  | { readonly kind: "owner-ssh-key"; readonly ssh: SshKeyOptions };

/**
 * What Envbuilder signs in to the Git server with when it clones. The workspace's own `git` does not get it: there the agent
 * asks Coder.
 */
export class GitCredentials {
  /**
   * A token for repositories by HTTPS, of a person, a project or a machine.
   *
   * @throws when the token is not given by reference or the host is no `GitHost`
   */
  public static fromToken(token: Secret, options: GitTokenOptions = {}): GitCredentials {
    checkPropKinds(options, "gitCredentials ");
    return new GitCredentials({ kind: "token", token: [pieceOf("token", token)], host: options.host });
  }

  /**
   * A user and a password, or a token in its place, for repositories by HTTPS.
   *
   * @throws when the user is none or the password is not given by reference
   */
  public static fromPassword({ user, password }: GitPasswordProps): GitCredentials {
    checkUser(user);
    return new GitCredentials({ kind: "basic", user: [user], password: [pieceOf("password", password)] });
  }

  /**
   * The token of an account that the user links with Coder before a workspace is created, for repositories by HTTPS. Needs a
   * Coder template around it, and the provider in the Coder server's settings.
   *
   * @param id - the provider's id there (`CODER_EXTERNAL_AUTH_<N>_ID`), such as `primary-gitlab`
   * @throws when Coder would refuse the id or the host is no `GitHost`
   */
  public static fromExternalAuth(id: string, options: ExternalAuthOptions = {}): GitCredentials {
    checkPropKinds(options, "gitCredentials ");
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/i.test(id) || id.length > 32) {
      throw new ValidationError(
        "external-auth-id-malformed",
        `gitCredentials has the external authentication ${shown(id)}, and Coder's ids are up to 32 letters and digits with single hyphens between them; copy it from CODER_EXTERNAL_AUTH_0_ID of the server`,
      );
    }
    return new GitCredentials({ kind: "external-auth", id, optional: options.optional, host: options.host });
  }

  /**
   * A private key for repositories by SSH, in PEM and without a passphrase, that Terraform encodes
   * (`ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64`).
   *
   * @throws when the key is not given by reference or the user is none
   */
  public static fromSshKey(key: Secret, options: SshKeyOptions = {}): GitCredentials {
    return new GitCredentials({ kind: "ssh-key", key: [pieceOf("SSH key", key, "base64")], ssh: checkedSsh(options) });
  }

  /**
   * As `fromSshKey`, where the secret is in base64 already.
   *
   * @throws as `fromSshKey`
   */
  public static fromSshKeyBase64(key: Secret, options: SshKeyOptions = {}): GitCredentials {
    return new GitCredentials({ kind: "ssh-key", key: [pieceOf("SSH key", key)], ssh: checkedSsh(options) });
  }

  /**
   * A private key for repositories by SSH that is mounted into the container (`ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH`), in PEM
   * and without a passphrase. It stays in the workspace.
   *
   * @param path - absolute path in the container, in one of the mounts
   * @throws when the path is none or the user is none
   */
  public static fromSshKeyPath(path: string, options: SshKeyOptions = {}): GitCredentials {
    if (!hasReference(path) && !isPlainAbsolutePath(path)) {
      throw new ValidationError(
        "ssh-key-path-malformed",
        `gitCredentials has the SSH key path ${shown(path)}, which must be an absolute, normalized path in the container; write it as "/.envbuilder/ssh/id_ed25519", and mount the key there`,
      );
    }
    return new GitCredentials({ kind: "ssh-key-path", path, ssh: checkedSsh(options) });
  }

  /**
   * The SSH key that Coder keeps for the owner of the workspace, for repositories by SSH: the same that `git` signs in with in
   * the workspace. Needs a Coder template around it. Owners add the public key, which Coder shows in their settings, to the Git
   * server.
   *
   * @throws when the user is none
   */
  public static fromOwnerSshKey(options: SshKeyOptions = {}): GitCredentials {
    return new GitCredentials({ kind: "owner-ssh-key", ssh: checkedSsh(options) });
  }

  // Private, so that types take nothing else for one.
  private readonly origin: GitCredentialsSource;

  private constructor(origin: GitCredentialsSource) {
    markKind(this, "GitCredentials");
    this.origin = origin;
  }

  /** @internal */
  public get source(): GitCredentialsSource {
    return this.origin;
  }

  /** How repositories are reached that they are for. @internal */
  public get transport(): GitTransport {
    return "ssh" in this.source ? "ssh" : "http";
  }

  /**
   * The same once Coder's answer has an expression.
   *
   * @param reference - of a sensitive value, in braces
   * @internal
   */
  public answered(reference: string): GitCredentials {
    const { source } = this;
    if (source.kind === "owner-ssh-key") {
      return new GitCredentials({ kind: "ssh-key", key: [{ reference, encoding: "base64" }], ssh: source.ssh });
    }
    if (source.kind !== "external-auth") return this;
    const emptyIf = source.optional === true ? `${reference.slice(2, -1)} == ""` : undefined;
    return new GitCredentials({ kind: "token", token: [{ reference }], emptyIf, host: source.host });
  }

  /**
   * User and password for HTTP, where it is those that they are.
   *
   * @param host - what serves the repository, unless the author says it
   * @internal
   */
  public basic(host: GitHost): BasicCredentials | undefined {
    const { source } = this;
    if (source.kind === "basic") return source;
    if (source.kind !== "token") return undefined;
    const placed = placedToken(source.token, source.host ?? host);
    const [user] = placed.user;
    if (source.emptyIf === undefined || typeof user !== "string") return placed;
    // A user without a password would be turned away also where everybody may clone.
    return { ...placed, user: [{ reference: `\${${source.emptyIf} ? "" : "${user}"}` }] };
  }
}

function checkedSsh({ user, knownHosts }: SshKeyOptions): SshKeyOptions {
  checkUser(user);
  if (knownHosts === undefined || isKind(knownHosts, "KnownHosts")) return { user, knownHosts };
  throw new ValidationError(
    "prop-of-wrong-kind",
    "knownHosts of gitCredentials must be a KnownHosts; use KnownHosts.fromText or KnownHosts.fromFile",
  );
}

function pieceOf(what: string, secret: Secret, encoding?: "base64"): Text[number] {
  if (Secret.isSecret(secret)) return secret.piece(encoding);
  throw new ValidationError(
    "secret-in-template",
    `the ${what} of gitCredentials must be a Secret, because its value would stand in the synthesized template; use Secret.fromVariable with a sensitive variable`,
  );
}

const NOT_IN_USER = new UnicodePattern(String.raw`[:\s\p{C}]`);

/** HTTP's basic authentication ends the name at a colon, and SSH knows no blanks in it. */
function checkUser(user: string | undefined): void {
  if (user !== undefined) checkKind("gitCredentials user", STRING, user);
  if (user === undefined || (user !== "" && !NOT_IN_USER.test(withStandIns(user, "")))) return;
  throw new ValidationError(
    "git-user-malformed",
    `the user of gitCredentials ${shown(user)} must be a name without colons, blanks and control characters; give a token alone as GitCredentials.fromToken`,
  );
}
