import * as fc from "fast-check";
import { Environment } from "../../constructs/envbuilder/environment";
import { checkUserVariable, type UserEnvironmentContext } from "../../constructs/envbuilder/user-environment";
import { refusal, refusedBy, verdict } from "../refusal";

const context = (more: Partial<UserEnvironmentContext> = {}): UserEnvironmentContext => ({
  prop: "environment",
  newer: false,
  env: new Environment(),
  ca: false,
  mountPaths: [],
  ...more,
});
const check = (name: string, value?: string, more?: Partial<UserEnvironmentContext>): void =>
  checkUserVariable(context(more), name, value);

function environment(name: string, value: string): Environment {
  const env = new Environment();
  env.add("proxy", name, value);
  return env;
}

describe("checkUserVariable", () => {
  test.each([
    ["EDITOR", "vim"],
    ["_a1", ""],
    ["GREETING", "${var.greeting}"],
    ["DOCKER_CONFIG", "/.envbuilder"],
    ["CODER_AGENT_LOG_DIR", "/tmp"],
    ["SSH_KNOWN_HOSTS", "/certs/known_hosts"],
    ["KANIKO_DIR", "/.envbuilder"],
    ["GO_ROOTCERTS_ENABLE", "1"],
  ])("takes %s=%j", (name, value) => {
    expect(verdict(() => check(name, value))).toBeUndefined();
  });

  test.each(["", "1a", "a-b", "a.b", "a b", "a=b", "ü", "${var.a}", "a\n"])(
    "fails with variable-name-malformed on %j",
    (name) => {
      expect(refusedBy(() => check(name, ""))).toBe("variable-name-malformed");
    },
  );

  test("fails with secret-in-template on a URL with a password", () => {
    const message = refusal(() => check("DATABASE", "postgres://a:hunter2@db.test"));

    expect(message).toContain("environment.DATABASE holds a URL with a password");
    expect(message).toContain("[secret-in-template]");
  });

  test.each(["ENVBUILDER_SSL_CERT_FILE", "ENVBUILDER_SSL_CERT_DIR", "envbuilder_ssl_cert_file"])(
    "fails with ssl-cert-option-does-not-exist on %s",
    (name) => {
      const right = name.toUpperCase().replace("ENVBUILDER_", "");

      expect(refusal(() => check(name, "/certs/ca.pem"))).toBe(
        `environment.${name} is no option of Envbuilder, which ignores it; give the certificates as ca, or set ${right} [ssl-cert-option-does-not-exist]`,
      );
    },
  );

  test.each(["GIT_USERNAME", "VERBOSE", "verbose", "WORKSPACE_FOLDER", "Git_Url", "INSECURE"])(
    "fails with bare-option-name on %s",
    (name) => {
      expect(refusal(() => check(name, "a"))).toBe(
        `environment.${name} is read by Envbuilder as ENVBUILDER_${name.toUpperCase()}, wins over it, and is gone in the workspace; rename it, or give it to the agent's environment if the workspace needs it [bare-option-name]`,
      );
    },
  );

  test.each(["envbuilder_insecure", "Envbuilder_Git_Url", "coder_agent_url"])(
    "fails with option-name-in-lower-case on %s",
    (name) => {
      expect(refusedBy(() => check(name, "true"))).toBe("option-name-in-lower-case");
    },
  );

  test.each(["ENVBUILDER_GIT_PASWORD", "ENVBUILDER_PROXY", "ENVBUILDER_", "envbuilder_env"])(
    "fails with unknown-option on %s",
    (name) => {
      expect(refusedBy(() => check(name, "a"))).toBe("unknown-option");
    },
  );

  test("leaves alone what a newer Envbuilder may have", () => {
    expect(verdict(() => check("ENVBUILDER_NEWEST", "a", { newer: true }))).toBeUndefined();
    expect(refusedBy(() => check("ENVBUILDER_NEWEST", "a"))).toBe("unknown-option");
  });

  test("names the nearest options", () => {
    expect(refusal(() => check("ENVBUILDER_GIT_PASWORD", "hunter2"))).toMatch(
      /^environment\.ENVBUILDER_GIT_PASWORD is no option of Envbuilder, which ignores it silently; use one of the nearest, ENVBUILDER_GIT_PASSWORD, .*, or leave it out \[unknown-option\]$/,
    );
  });

  test("fails with option-has-prop as the option asks", () => {
    expect(refusedBy(() => check("ENVBUILDER_GIT_URL", "https://git.test/a"))).toBe("option-has-prop");
  });

  test.each(["http_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "Http_Proxy"])(
    "fails with raw-proxy-variable on %s",
    (name) => {
      expect(refusal(() => check(name, "http://bob:hunter2@proxy.test"))).toBe(
        `environment.${name} must be given as the proxy setting, which tells every program in both spellings and keeps Coder's own host direct; use the proxy setting, with Proxy.containerWide and its noProxy [raw-proxy-variable]`,
      );
    },
  );

  test("leaves a variable that a typed setting sets to the comparison of values", () => {
    const env = environment("https_proxy", "http://proxy.test");

    expect(verdict(() => check("https_proxy", "http://other.test", { env }))).toBeUndefined();
    expect(refusedBy(() => check("no_proxy", "a.test", { env }))).toBe("raw-proxy-variable");
  });

  test.each<[string, string | undefined, string[]]>([
    ["SSL_CERT_FILE", "/certs/ca.pem", []],
    ["SSL_CERT_FILE", "/certs/ca.pem", ["/certificates"]],
    ["SSL_CERT_FILE", "/certs/ca.pem", ["/certs/ca.pe"]],
    ["SSL_CERT_FILE", "/certs/../etc/ca.pem", ["/certs"]],
    ["SSL_CERT_FILE", "certs/ca.pem", ["/certs"]],
    ["SSL_CERT_FILE", "", ["/certs"]],
    ["SSL_CERT_FILE", undefined, ["/certs"]],
    ["SSL_CERT_DIR", "/certs:/more", ["/certs"]],
  ])("fails with ca-path-outside-mounts on %s %j with mounts at %j", (name, value, mountPaths) => {
    expect(refusedBy(() => check(name, value, { mountPaths }))).toBe("ca-path-outside-mounts");
  });

  test.each<[string, string, string[]]>([
    ["SSL_CERT_FILE", "/certs/ca.pem", ["/other", "/certs"]],
    ["SSL_CERT_FILE", "/certs/ca.pem", ["/certs/ca.pem"]],
    ["SSL_CERT_FILE", "/certs/ca.pem", ["${var.path}"]],
    ["SSL_CERT_FILE", "${var.file}", []],
    ["SSL_CERT_DIR", "/certs:/more/a", ["/more", "/certs"]],
  ])("takes %s %j with mounts at %j", (name, value, mountPaths) => {
    expect(verdict(() => check(name, value, { mountPaths }))).toBeUndefined();
  });

  test("names the path that is outside", () => {
    expect(refusal(() => check("SSL_CERT_FILE", "/certs/ca.pem"))).toBe(
      'environment.SSL_CERT_FILE "/certs/ca.pem" must be a path in one of the mounts, because one that does not exist is ignored silently; give the certificates as ca, which brings the file, or mount it [ca-path-outside-mounts]',
    );
  });

  test.each(["/kaniko", "", undefined, "${var.folder}"])("fails with kaniko-directory-moved on %j", (value) => {
    expect(refusedBy(() => check("KANIKO_DIR", value))).toBe("kaniko-directory-moved");
  });

  test("fails with embedded-roots-hide-ca where certificates are given", () => {
    expect(refusedBy(() => check("GO_ROOTCERTS_ENABLE", "1", { ca: true }))).toBe("embedded-roots-hide-ca");
    expect(verdict(() => check("GO_ROOTCERTS_ENABLE", "0", { ca: true }))).toBeUndefined();
  });

  test("takes or refuses any variable, and never shows what may be a credential", () => {
    const name = fc.oneof(
      fc.constantFrom("ENVBUILDER_GIT_PASSWORD", "ENVBUILDER_BUILD_SECRETS", "ENVBUILDER_INIT_ARGS", "GIT_PASSWORD"),
      fc.constantFrom("https_proxy", "CODER_AGENT_TOKEN", "ENVBUILDER_SETUP_SCRIPT", "ENVBUILDER_DOCKER_CONFIG_BASE64"),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(name, fc.string({ unit: "binary" }), (candidate, value) => {
        const message = verdict(() => {
          check(candidate, `MARKER${value}`);
          new Environment().add(`environment.${candidate}`, candidate, `MARKER${value}`);
        });

        expect(message ?? "").not.toContain("MARKER");
      }),
    );
  });
});
