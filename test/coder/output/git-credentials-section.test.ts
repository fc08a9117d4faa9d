import { gitCredentialsSection } from "../../../constructs/coder/output/git-credentials-section";
import { GitCredentials } from "../../../constructs/settings/git-credentials";
import { KnownHosts } from "../../../constructs/settings/known-hosts";
import { Secret } from "../../../constructs/settings/secret";

const secret = Secret.fromReference("${var.secret}");
const knownHosts = KnownHosts.fromText("git.test ssh-ed25519 AAAAC3Nz");
const body = (credentials: GitCredentials): string => gitCredentialsSection(credentials).body;

test("says what the Coder server needs for an account", () => {
  const required = body(GitCredentials.fromExternalAuth("primary-gitlab"));

  expect(gitCredentialsSection(GitCredentials.fromExternalAuth("a")).title).toBe("Git credentials");
  expect(required).toContain("`CODER_EXTERNAL_AUTH_0_ID=primary-gitlab`");
  expect(required).toContain("Users link their account before they create a workspace");
  expect(required).toContain("`git` signs in with the same account");
  expect(body(GitCredentials.fromExternalAuth("a", { optional: true }))).toContain("Users may link their account");
});

test("says where the owner's public key goes, and which servers are known", () => {
  expect(body(GitCredentials.fromOwnerSshKey())).toMatch(
    /`coder publickey` prints, to the Git server\.\n\nIt accepts whatever server answers.*\n\n.*signs in with the same key/,
  );
  expect(body(GitCredentials.fromOwnerSshKey({ knownHosts }))).toContain("and no other");
});

test("says of a key what it is and who can read it", () => {
  expect(body(GitCredentials.fromSshKey(secret))).toContain("PEM without a passphrase");
  expect(body(GitCredentials.fromSshKeyPath("/.envbuilder/ssh/id"))).toContain(
    "`/.envbuilder/ssh/id` of the container",
  );
  expect(body(GitCredentials.fromSshKeyPath("${var.path}"))).toContain("in a path of the container");
});

test("says that the workspace has nothing of a secret", () => {
  expect(body(GitCredentials.fromToken(secret))).toContain("In the workspace, `git` has none of it");
});
