import { RegistryAuth, type RegistryLogin } from "../../constructs/settings/registry-auth";
import { Secret } from "../../constructs/settings/secret";
import { refusal, refusedBy } from "../refusal";

const password = Secret.fromVariable({ sensitive: true, stringValue: "${var.password}" });
const token = Secret.fromReference("${data.vault.me.token}");
const login = (props: Partial<RegistryLogin> = {}): RegistryLogin => ({
  registry: "registry.example.com",
  user: "robot",
  password,
  ...props,
});

describe("RegistryAuth.logins", () => {
  test("puts a docker config together, passwords by reference", () => {
    const auth = RegistryAuth.logins([login(), login({ registry: "ghcr.io", user: "${var.user}", password: token })]);

    const json = {
      auths: {
        "registry.example.com": {
          username: ["robot"],
          password: [{ reference: "${var.password}", encoding: undefined, markSensitive: false }],
        },
        "ghcr.io": {
          username: ["${var.user}"],
          password: [{ reference: "${data.vault.me.token}", encoding: undefined, markSensitive: true }],
        },
      },
    };
    expect(auth.config).toEqual([{ json }]);
    expect(auth.configBase64).toEqual([{ json, encoding: "base64" }]);
  });

  test.each(["docker.io", "index.docker.io", "registry-1.docker.io"])("knows %s as Docker Hub", (registry) => {
    const auth = RegistryAuth.logins([login({ registry })]);

    expect(JSON.stringify(auth.config)).toContain('{"auths":{"https://index.docker.io/v1/":');
    expect(auth.source).toMatchObject({ logins: [{ registry: "docker.io" }] });
  });

  test("keeps its own copy of the logins", () => {
    const logins = [login()];
    const auth = RegistryAuth.logins(logins);

    logins.push(login({ registry: "ghcr.io" }));

    expect(auth.source).toMatchObject({ logins: [{ registry: "registry.example.com" }] });
  });

  test("fails with registry-logins-empty without one", () => {
    expect(refusal(() => RegistryAuth.logins([]))).toBe(
      "registryAuth logins [] must name a registry; give one, or leave registryAuth out [registry-logins-empty]",
    );
  });

  test("fails with registry-twice, also by another name of Docker Hub", () => {
    expect(refusal(() => RegistryAuth.logins([login(), login({ user: "other" })]))).toBe(
      'registryAuth logins[0] and logins[1] are both for "registry.example.com", of which a docker config has one; leave one of them out [registry-twice]',
    );
    expect(
      refusedBy(() => RegistryAuth.logins([login({ registry: "docker.io" }), login({ registry: "index.docker.io" })])),
    ).toBe("registry-twice");
  });

  test("fails with registry-malformed on what is no registry", () => {
    expect(refusal(() => RegistryAuth.logins([login(), login({ registry: "https://ghcr.io" })]))).toMatch(
      /^registryAuth logins\[1\]\.registry "https:\/\/ghcr\.io" must be .* \[registry-malformed\]$/,
    );
  });

  test.each([
    ["", 'registryAuth logins[0].user "" must be a name'],
    ["bob\n", 'registryAuth logins[0].user "bob\\n" must be a name'],
    ["bob:hunter2", "registryAuth logins[0].user must be a name"],
    ["${var.user}:hunter2", "registryAuth logins[0].user must be a name"],
  ])("fails with registry-user-malformed on %j, and shows no password", (user, text) => {
    const message = refusal(() => RegistryAuth.logins([login({ user })]));

    expect(message).toContain(text);
    expect(message).toContain("[registry-user-malformed]");
    expect(message).not.toContain("hunter2");
  });

  test("fails with secret-in-template on a password in plain", () => {
    const plain: RegistryLogin = JSON.parse('{"registry":"ghcr.io","user":"bob","password":"hunter2"}');

    expect(refusal(() => RegistryAuth.logins([plain]))).toBe(
      "registryAuth logins[0].password must be a Secret, because its value would stand in the synthesized template; use Secret.fromVariable with a sensitive variable [secret-in-template]",
    );
  });
});

describe("RegistryAuth.fromConfig", () => {
  test("encodes the JSON for Envbuilder, or decodes it for others", () => {
    const json = RegistryAuth.fromConfig(password);
    const base64 = RegistryAuth.fromConfig(password, { base64: true });

    expect(json.config).toEqual([password.piece()]);
    expect(json.configBase64).toEqual([password.piece("base64")]);
    expect(base64.config).toEqual([password.piece("base64-decoded")]);
    expect(base64.configBase64).toEqual([password.piece()]);
  });

  test("knows what registries it is for, each once", () => {
    const registries = ["ghcr.io", "docker.io", "index.docker.io", "ghcr.io"];

    expect(RegistryAuth.fromConfig(password, { registries }).source).toEqual({
      kind: "config",
      registries: ["ghcr.io", "docker.io"],
    });
  });

  test("fails with registry-malformed and secret-in-template", () => {
    const plain: Secret = JSON.parse('"hunter2"');

    expect(refusal(() => RegistryAuth.fromConfig(password, { registries: ["a.b/c"] }))).toMatch(
      /^registryAuth registries\[0\] "a\.b\/c" must be .* \[registry-malformed\]$/,
    );
    expect(refusal(() => RegistryAuth.fromConfig(plain))).toMatch(
      /^registryAuth config must be a Secret.* \[secret-in-template\]$/,
    );
  });
});

describe("RegistryAuth.fromHostFile", () => {
  test("leaves the config where it is", () => {
    const auth = RegistryAuth.fromHostFile("/root/.docker/config.json");

    expect(auth.source).toEqual({ kind: "host-file", path: "/root/.docker/config.json" });
    expect(auth.config).toBeUndefined();
    expect(auth.configBase64).toBeUndefined();
  });

  test.each(["~/.docker/config.json", "config.json", "/root/../etc/config.json"])(
    "fails with host-path-not-absolute on %s",
    (path) => {
      expect(refusal(() => RegistryAuth.fromHostFile(path))).toMatch(
        /^registryAuth host file ".*" must be an absolute, .* \[host-path-not-absolute\]$/,
      );
    },
  );
});

describe("RegistryAuth.fromSecret", () => {
  test("knows the entry of a pull secret", () => {
    expect(RegistryAuth.fromSecret("registries").source).toEqual({
      kind: "secret",
      name: "registries",
      key: ".dockerconfigjson",
    });
    expect(RegistryAuth.fromSecret("${var.name}", "config.json").source).toMatchObject({ key: "config.json" });
  });

  test("fails on names that Kubernetes refuses", () => {
    expect(refusedBy(() => RegistryAuth.fromSecret("Registries"))).toBe("kubernetes-name-malformed");
    expect(refusedBy(() => RegistryAuth.fromSecret("registries", "a/b"))).toBe("kubernetes-key-malformed");
  });
});

test("RegistryAuth.configCondition asks for a login that the config itself holds", () => {
  expect(RegistryAuth.configCondition("docker_config")).toBe(
    "${try(anytrue([for login in values(jsondecode(var.docker_config).auths) : can(login.auth) || can(login.password)]), false)}",
  );
  expect(RegistryAuth.configCondition("docker_config", { base64: true })).toContain(
    "jsondecode(base64decode(var.docker_config))",
  );
});
