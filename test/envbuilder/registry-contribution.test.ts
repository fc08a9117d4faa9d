import type { Contribution } from "../../constructs/envbuilder/contribution";
import { Environment } from "../../constructs/envbuilder/environment";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { contributeRegistries } from "../../constructs/envbuilder/registry-contribution";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { refusal } from "../refusal";

const password = Secret.fromVariable({ sensitive: true, stringValue: "${var.password}" });
const logins = RegistryAuth.logins([{ registry: "registry.example.com", user: "robot", password }]);
const hostFile = RegistryAuth.fromHostFile("/root/.docker/config.json");

interface Contributed extends Required<Pick<Contribution, "mounts" | "warnings">> {
  readonly env: Environment;
}

function contribute(settings: Partial<EnvbuilderSettings>, mountPaths: string[] = []): Contributed {
  const env = new Environment();
  const mounts = mountPaths.map((path) => ({ path, readOnly: true }));
  const repository = Repository.at("https://git.test/a");
  return { mounts: [], warnings: [], ...contributeRegistries({ repository, ...settings }, env, mounts), env };
}

describe("contributeRegistries", () => {
  test("adds nothing where nothing is said", () => {
    const { env, mounts, warnings } = contribute({});

    expect([env.sorted(), mounts, warnings]).toEqual([[], [], []]);
  });

  test.each([
    ["logins", logins],
    ["a config", RegistryAuth.fromConfig(password)],
    ["a config in base64", RegistryAuth.fromConfig(password, { base64: true })],
  ])("gives %s in the environment, as a secret", (_, registryAuth) => {
    const { env, mounts, warnings } = contribute({ registryAuth });

    expect(env.sorted()).toEqual([
      {
        name: "ENVBUILDER_DOCKER_CONFIG_BASE64",
        value: registryAuth.configBase64,
        secret: true,
        origin: "registryAuth",
      },
    ]);
    expect([mounts, warnings]).toEqual([[], []]);
  });

  test("mounts what is elsewhere where Envbuilder looks for it", () => {
    expect(contribute({ registryAuth: hostFile }).mounts).toEqual([
      { source: { kind: "host", path: "/root/.docker/config.json" }, path: "/.envbuilder/config.json" },
    ]);
    expect(contribute({ registryAuth: RegistryAuth.fromSecret("registries") }).mounts).toEqual([
      {
        source: { kind: "secret", name: "registries", key: ".dockerconfigjson" },
        path: "/.envbuilder/config.json",
      },
    ]);
  });

  test("warns with docker-config-hides-registry-auth of a directory that Envbuilder looks into first", () => {
    const environment = { DOCKER_CONFIG: "/home/dev/.docker" };

    expect(contribute({ registryAuth: hostFile, environment }).warnings).toMatchObject([
      { id: "docker-config-hides-registry-auth" },
    ]);
    expect(contribute({ registryAuth: logins, environment }).warnings).toEqual([]);
  });

  test("fails with docker-config-mounted-twice where the author mounts one, too", () => {
    expect(refusal(() => contribute({ registryAuth: logins }, ["/data", "/.envbuilder/config.json"]))).toBe(
      'mounts[1] is at "/.envbuilder/config.json", where Envbuilder looks for the credentials that registryAuth gives already; leave out one of the two [docker-config-mounted-twice]',
    );
    expect(contribute({}, ["/.envbuilder/config.json"]).mounts).toEqual([]);
  });

  test("takes any certificate where it is told so, and warns with insecure-is-partial", () => {
    const { env, warnings } = contribute({ insecure: true });

    expect(env.get("ENVBUILDER_INSECURE")?.value).toEqual(["true"]);
    expect(warnings).toMatchObject([{ id: "insecure-is-partial" }]);
    expect(contribute({ insecure: false }).env.sorted()).toEqual([]);
  });
});
