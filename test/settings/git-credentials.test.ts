import { GitCredentials } from "../../constructs/settings/git-credentials";
import { GitHost } from "../../constructs/settings/git-host";
import { Secret } from "../../constructs/settings/secret";
import { refusal, refusedBy, verdict } from "../refusal";

const secret = Secret.fromVariable({ sensitive: true, stringValue: "${var.token}" });
const piece = { reference: "${var.token}", encoding: undefined, markSensitive: false };
/** As from JavaScript. */
const loose = Object(GitCredentials);

test("a token stands where its host wants it", () => {
  expect(GitCredentials.fromToken(secret).basic(GitHost.GITHUB)).toEqual({ user: [piece] });
  expect(GitCredentials.fromToken(secret).basic(GitHost.OTHER)).toEqual({ user: ["oauth2"], password: [piece] });
  expect(GitCredentials.fromToken(secret, { host: GitHost.BITBUCKET }).basic(GitHost.GITHUB)).toEqual({
    user: ["x-token-auth"],
    password: [piece],
  });
});

test("a user and a password are what they are, whatever the host", () => {
  const credentials = GitCredentials.fromPassword({ user: "alice@test", password: secret });

  expect(credentials.basic(GitHost.GITHUB)).toMatchObject({ user: ["alice@test"], password: [piece] });
  expect(credentials.transport).toBe("http");
});

test.each(["", "alice:x", "alice smith", "alice\n", "a\u0000"])("fails with git-user-malformed on %j", (user) => {
  expect(refusedBy(() => GitCredentials.fromPassword({ user, password: secret }))).toBe("git-user-malformed");
  expect(refusedBy(() => GitCredentials.fromSshKey(secret, { user }))).toBe("git-user-malformed");
  expect(refusedBy(() => GitCredentials.fromOwnerSshKey({ user }))).toBe("git-user-malformed");
});

test("a user may be a reference", () => {
  expect(
    verdict(() => GitCredentials.fromPassword({ user: '${var.a ? "b" : "c"}', password: secret })),
  ).toBeUndefined();
});

test.each(["fromToken", "fromSshKey", "fromSshKeyBase64"])(
  "%s fails with secret-in-template on a literal",
  (factory) => {
    const message = refusal(() => loose[factory]("hunter2"));

    expect(message).toMatch(/must be a Secret.*\[secret-in-template\]$/);
    expect(message).not.toContain("hunter2");
  },
);

test("a password in plain fails with secret-in-template", () => {
  expect(refusal(() => loose.fromPassword({ user: "alice", password: "hunter2" }))).not.toContain("hunter2");
});

test("knownHosts of another kind fails with prop-of-wrong-kind", () => {
  expect(refusedBy(() => loose.fromSshKey(secret, { knownHosts: "git.test ssh-rsa AAAA" }))).toBe("prop-of-wrong-kind");
});

test("a key in PEM is encoded by Terraform, and one in base64 is not", () => {
  expect(GitCredentials.fromSshKey(secret).source).toMatchObject({ key: [{ ...piece, encoding: "base64" }] });
  expect(GitCredentials.fromSshKeyBase64(secret).source).toMatchObject({ key: [piece] });
  expect(GitCredentials.fromSshKey(secret).transport).toBe("ssh");
});

test.each(["", "id", "./id", "/keys/../id", "/keys/", "/"])("fails with ssh-key-path-malformed on %j", (path) => {
  expect(refusedBy(() => GitCredentials.fromSshKeyPath(path))).toBe("ssh-key-path-malformed");
});

test.each(["", "a_b", "-a", "a--b", "git hub", "${var.id}", "a".repeat(33)])(
  "fails with external-auth-id-malformed on %j",
  (id) => {
    expect(refusedBy(() => GitCredentials.fromExternalAuth(id))).toBe("external-auth-id-malformed");
  },
);

test("Coder's answer takes the place of the question", () => {
  const reference = "${data.x.y}";
  const auth = GitCredentials.fromExternalAuth("github", { host: GitHost.GITLAB }).answered(reference);
  const owner = GitCredentials.fromOwnerSshKey({ user: "forge" }).answered(reference);

  expect(auth.basic(GitHost.OTHER)).toEqual({ user: ["oauth2"], password: [{ reference }] });
  expect(owner.source).toEqual({
    kind: "ssh-key",
    key: [{ reference, encoding: "base64" }],
    ssh: { user: "forge", knownHosts: undefined },
  });
  expect(GitCredentials.fromExternalAuth("github").basic(GitHost.GITHUB)).toBeUndefined();
});

test("an account that may not be linked leaves no user without a password", () => {
  const auth = GitCredentials.fromExternalAuth("gitlab", { optional: true }).answered("${data.x.y}");

  expect(auth.basic(GitHost.GITLAB)).toEqual({
    user: [{ reference: '${data.x.y == "" ? "" : "oauth2"}' }],
    password: [{ reference: "${data.x.y}" }],
  });
  expect(auth.basic(GitHost.GITHUB)).toEqual({ user: [{ reference: "${data.x.y}" }] });
});

test("only what Coder has is asked of it", () => {
  const credentials = GitCredentials.fromToken(secret);

  expect(credentials.answered("${data.x.y}")).toBe(credentials);
});
