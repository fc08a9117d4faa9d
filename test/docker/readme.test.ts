import { DockerWorkspace, type DockerWorkspaceProps } from "../../constructs/docker/docker-workspace";
import { ImageCache } from "../../constructs/settings/image-cache";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { filesOf, testTemplate } from "../util";

/** README.md of a template with a secret `token`. */
function readme(settings: (token: Secret) => Partial<DockerWorkspaceProps>): string {
  const template = testTemplate();
  const token = template.variable("token", { description: "…", sensitive: true });
  new DockerWorkspace(template, "workspace", {
    repository: Repository.at("https://git.example.com/team/app.git"),
    ...settings(Secret.fromVariable(token)),
  });
  return filesOf(template)["README.md"] ?? "";
}

describe("the README.md of a template on Docker", () => {
  test("names the secrets that a Dockerfile may ask for, without a proxy as well", () => {
    const text = readme((token) => ({ buildSecrets: { npm_token: token, "pip.token": token } }));

    expect(text).toContain("## In the repository\n\nThis template has secrets");
    expect(text).toContain(
      "```dockerfile\nRUN --mount=type=secret,id=npm_token …\nRUN --mount=type=secret,id=pip.token …\n```",
    );
  });

  test("has nothing for the repository where it needs nothing", () => {
    expect(readme(() => ({}))).not.toContain("In the repository");
  });

  test("says which registries the daemon logs in to with a docker config", () => {
    const text = readme((token) => ({
      builderImage: "registry.example.com/mirror/envbuilder:1.3.0",
      registryAuth: RegistryAuth.fromConfig(token, { registries: ["docker.io"] }),
    }));

    expect(text).toContain("With the same config, the daemon logs in to `docker.io`, `registry.example.com`.");
  });

  test("says which login of a registry serves the probe", () => {
    const text = readme((token) => ({
      cache: ImageCache.at("registry.example.com/cache", { push: true, probe: true }),
      registryAuth: RegistryAuth.logins([{ registry: "registry.example.com", user: "robot", password: token }]),
    }));

    expect(text).toContain("it looks into the cache, and for base images, with this template's credentials");
  });

  test("publishes with a file, and says how it is written", () => {
    const text = readme(() => ({}));

    expect(text).toContain("--yes --variables-file ~/template-variables.yaml\n");
    expect(text).toContain("```yaml\ntoken: 'VALUE'\n```");
  });
});
