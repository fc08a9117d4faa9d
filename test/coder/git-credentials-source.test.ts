import { Construct } from "constructs";
import { CoderData } from "../../constructs/coder/coder-data";
import { answeredGitCredentials } from "../../constructs/coder/git-credentials-source";
import { DataCoderExternalAuth } from "../../constructs/providers/coder/data-coder-external-auth";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { GitHost } from "../../constructs/settings/git-host";
import { Secret } from "../../constructs/settings/secret";
import { refusedBy } from "../refusal";
import { block, filesOf, teamStack, testTemplate, treeOf } from "../util";

test("asks Coder of nothing that it does not have", () => {
  const stack = teamStack();
  const credentials = GitCredentials.fromToken(Secret.fromReference("${var.a}"));

  expect(answeredGitCredentials(stack, credentials)).toBe(credentials);
  expect(answeredGitCredentials(stack, undefined)).toBeUndefined();
  expect(treeOf(stack).data).toBeUndefined();
});

test("asks for an account once, by its id", () => {
  const stack = teamStack();
  const ask = (scope: string): unknown =>
    answeredGitCredentials(new Construct(stack, scope), GitCredentials.fromExternalAuth("primary-gitlab"))?.basic(
      GitHost.GITHUB,
    );

  expect(ask("a")).toEqual({ user: [{ reference: "${data.coder_external_auth.primary-gitlab.access_token}" }] });
  expect(ask("b")).toEqual(ask("c"));
  expect(treeOf(stack).data?.["coder_external_auth"]).toEqual({ "primary-gitlab": { id: "primary-gitlab" } });
});

test("names an account whose id begins with a digit", () => {
  const stack = teamStack();

  answeredGitCredentials(stack, GitCredentials.fromExternalAuth("4git", { optional: true }));

  expect(block(treeOf(stack), "data.coder_external_auth.auth-4git")).toEqual({ id: "4git", optional: true });
});

test("uses the author's own question, and fails with external-auth-twice where that says something else", () => {
  const stack = teamStack();
  new DataCoderExternalAuth(stack, "mine", { id: "github" });

  answeredGitCredentials(stack, GitCredentials.fromExternalAuth("github"));

  expect(Object.keys(treeOf(stack).data?.["coder_external_auth"] ?? {})).toEqual(["mine"]);
  expect(
    refusedBy(() => answeredGitCredentials(stack, GitCredentials.fromExternalAuth("github", { optional: true }))),
  ).toBe("external-auth-twice");
});

test("takes the owner's key from the data source that is there", () => {
  const template = testTemplate();
  CoderData.of(template).owner.toString();

  const answered = answeredGitCredentials(template, GitCredentials.fromOwnerSshKey());

  expect(answered?.source).toMatchObject({ kind: "ssh-key", key: [{ encoding: "base64" }] });
  expect(filesOf(template)["main.tf"]).toContain('data "coder_workspace_owner" "me"');
});
