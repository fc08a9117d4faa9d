import type { GitCredentials } from "../../settings/git-credentials";
import { hasReference } from "../../settings/text";
import { code } from "./markdown";
import type { ReadmeSection } from "./readme-section";

/** What a workspace's clone signs in with, and what has to be prepared for it: for the people who run Coder. */
export function gitCredentialsSection(credentials: GitCredentials): ReadmeSection {
  return { title: "Git credentials", body: [...clone(credentials), workspace(credentials)].join("\n\n") };
}

function clone({ source }: GitCredentials): string[] {
  switch (source.kind) {
    case "external-auth": {
      const linked = source.optional
        ? "Users may link their account before they create a workspace; without it, Envbuilder clones public repositories only."
        : "Users link their account before they create a workspace; Envbuilder clones with its token.";
      return [
        `The Coder server needs the external authentication provider ${code(source.id)}: \`CODER_EXTERNAL_AUTH_0_ID=${source.id}\`, with type, client id and client secret, and the Git server's \`CODER_EXTERNAL_AUTH_0_REGEX\` unless it is a public one. ${linked}`,
      ];
    }
    case "owner-ssh-key":
      return [
        "Envbuilder clones by SSH with the key that Coder keeps for the workspace's owner. Owners add their public key, which Coder shows in their account's settings and `coder publickey` prints, to the Git server.",
        ...hostKeys(source.ssh.knownHosts !== undefined),
      ];
    case "ssh-key":
      return [
        "Envbuilder clones by SSH with a private key that the template is given: PEM without a passphrase.",
        ...hostKeys(source.ssh.knownHosts !== undefined),
      ];
    case "ssh-key-path":
      return [
        `Envbuilder clones by SSH with the private key ${hasReference(source.path) ? "in a path" : code(source.path)} of the container. Whoever uses the workspace can read it.`,
        ...hostKeys(source.ssh.knownHosts !== undefined),
      ];
    default:
      return ["Envbuilder clones with a secret that the template is given."];
  }
}

function hostKeys(known: boolean): string[] {
  return known
    ? ["It accepts the servers whose keys this template knows, and no other."]
    : ["It accepts whatever server answers: this template knows no server's key."];
}

/** Nothing that the clone used is left; what the agent asks Coder for is. */
function workspace({ transport, source }: GitCredentials): string {
  if (transport === "ssh") {
    return source.kind === "owner-ssh-key"
      ? "In the workspace, `git` signs in with the same key, which the agent asks Coder for."
      : "In the workspace, `git` signs in with the owner's own SSH key, which the agent asks Coder for: to push, owners add their public key (`coder publickey`) to the Git server.";
  }
  return source.kind === "external-auth"
    ? "In the workspace, `git` signs in with the same account, which the agent asks Coder for."
    : "In the workspace, `git` has none of it: to push, users sign in themselves, or link their account where the Coder server has an external authentication provider for the Git server.";
}
