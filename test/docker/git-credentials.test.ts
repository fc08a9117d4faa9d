import { EnvbuilderContainer } from "../../constructs/docker/envbuilder-container";
import { DockerWorkspace } from "../../constructs/docker/docker-workspace";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { KnownHosts } from "../../constructs/settings/known-hosts";
import { Repository } from "../../constructs/settings/repository";
import { refusedBy } from "../refusal";
import { annotations, block, environmentOf, filesOf, testTemplate, treeOf } from "../util";

const SSH = Repository.at("ssh://forge@git.example.com/team/app.git");
const LINE = "git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDp0\n";

function environment(gitCredentials: GitCredentials, repository: Repository): Record<string, string> {
  const template = testTemplate();
  new DockerWorkspace(template, "workspace", { repository, gitCredentials });
  filesOf(template);
  return environmentOf(block(treeOf(template), "docker_container.workspace"));
}

test("a workspace clones with its owner's key, and knows the server", () => {
  const template = testTemplate();
  const gitCredentials = GitCredentials.fromOwnerSshKey({ knownHosts: KnownHosts.fromText(LINE) });
  new DockerWorkspace(template, "workspace", { repository: SSH, gitCredentials });

  const files = filesOf(template);
  const container = block(treeOf(template), "docker_container.workspace");

  expect(environmentOf(container)).toMatchObject({
    ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64: "${base64encode(data.coder_workspace_owner.me.ssh_private_key)}",
    ENVBUILDER_GIT_USERNAME: "forge",
    SSH_KNOWN_HOSTS: "/.envbuilder/known-hosts/known_hosts",
  });
  expect(container["upload"]).toEqual([
    { file: "/.envbuilder/known-hosts/known_hosts", content: '${file("${path.module}/ssh/known_hosts")}' },
  ]);
  expect(files["ssh/known_hosts"]).toBe(LINE);
  expect(files["README.md"]).toContain(
    "\n## Git credentials\n\nEnvbuilder clones by SSH with the key that Coder keeps",
  );
  expect(annotations(template)).toEqual([expect.stringMatching(/^info: publish with: /)]);
});

test("a workspace clones with the account that its user has linked", () => {
  const linked = GitCredentials.fromExternalAuth("primary-gitlab", { optional: true });
  const token = "data.coder_external_auth.primary-gitlab.access_token";

  expect(environment(linked, Repository.at("https://gitlab.com/team/app"))).toMatchObject({
    ENVBUILDER_GIT_USERNAME: `\${${token} == "" ? "" : "oauth2"}`,
    ENVBUILDER_GIT_PASSWORD: `\${${token}}`,
  });
  expect(environment(linked, Repository.at("https://github.com/team/app"))).toMatchObject({
    ENVBUILDER_GIT_USERNAME: `\${${token}}`,
  });
});

test("users are asked for a repository by HTTP where the credentials are for that", () => {
  const template = testTemplate();
  const gitCredentials = GitCredentials.fromExternalAuth("github");
  new DockerWorkspace(template, "workspace", { repository: Repository.chosenByUser(), gitCredentials });

  expect(block(treeOf(template), "data.coder_parameter.repo")).toMatchObject({
    validation: { error: "Give an https:// URL without user and password." },
  });
});

test("a container without Coder fails with git-credentials-need-a-template", () => {
  const gitCredentials = GitCredentials.fromOwnerSshKey();

  expect(
    refusedBy(() => new EnvbuilderContainer(testTemplate(), "c", { name: "c", repository: SSH, gitCredentials })),
  ).toBe("git-credentials-need-a-template");
});
