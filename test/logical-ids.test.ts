import { maximalTemplate } from "./maximal-template";
import { addresses, filesOf, testApp, treeOf } from "./util";

// What a running workspace depends on: Terraform finds its resources by address, Coder its parameters and variables by name.
// Whoever has to change a line here takes something away from somebody: say so in the change log, and how to move it.
describe("a template with everything", () => {
  const template = maximalTemplate(testApp());
  const files = filesOf(template);
  const tree = treeOf(template);

  test("has these addresses", () => {
    expect(addresses(tree)).toEqual([
      "coder_agent.database",
      "coder_agent.main",
      "coder_app.app-5432",
      "coder_app.preview",
      "coder_metadata.database",
      "coder_metadata.workspace",
      "data.coder_parameter.custom_repo_url",
      "data.coder_parameter.database_custom_repo_url",
      "data.coder_parameter.database_repo",
      "data.coder_parameter.repo",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "docker_container.database",
      "docker_container.workspace",
      "docker_volume.database",
      "docker_volume.workspace",
      "local.access_host",
      "local.access_url",
      "local.database_access_url",
      "local.database_repository_url",
      "local.init_script",
      "local.repository_url",
      "provider.coder",
      "provider.docker",
      "var.builder_image",
      "var.ca_certificates",
      "var.docker_socket",
      "var.npm_token",
      "var.proxy_password",
    ]);
  });

  test("has these parameters", () => {
    const names = Object.values(tree.data?.["coder_parameter"] ?? {}).map((body) => body["name"]);

    expect(names.sort()).toEqual(["custom_repo_url", "database_custom_repo_url", "database_repo", "repo"]);
  });

  test("has these applications and volumes", () => {
    expect(Object.values(tree.resource?.["coder_app"] ?? {}).map(({ slug }) => slug)).toEqual(["5432", "preview"]);
    expect(Object.values(tree.resource?.["docker_volume"] ?? {}).map(({ name }) => name)).toEqual([
      "coder-${data.coder_workspace.me.id}-database",
      "coder-${data.coder_workspace.me.id}-workspace",
    ]);
  });

  test("has these files", () => {
    expect(Object.keys(files)).toEqual([
      "README.md",
      "certs/ca.pem",
      "certs/public-roots.pem",
      "main.tf",
      "parameters.tf",
      "variables.tf",
    ]);
  });
});
