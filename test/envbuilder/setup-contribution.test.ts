import { Environment } from "../../constructs/envbuilder/environment";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { planContainer } from "../../constructs/envbuilder/container-plan";
import { contributeSetup } from "../../constructs/envbuilder/setup-contribution";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { SetupScript } from "../../constructs/settings/setup-script";
import { literalOf } from "../../constructs/settings/text";
import { TrustingProgram, WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { Certificate } from "../certificates";
import { refusedBy } from "../refusal";

const { pem } = new Certificate();
const ca = CaBundle.fromPem(pem);
const repository = Repository.at("https://git.test/a.git");
const INSTALL = "sh /.envbuilder/scripts/install-ca.sh /.envbuilder/certs/private-ca.pem";
const SESSION = 'ca_bundle=$(cat /.envbuilder/system-bundle 2>/dev/null) && export SSL_CERT_FILE="$ca_bundle"';

/** The commands of the setup script, and the scripts that they are made of. */
function setup(settings: Partial<EnvbuilderSettings>): { commands: string[] | undefined; files: string[] } {
  const { env, files } = planContainer({ repository, ...settings }, {});
  const variable = env.find(({ name }) => name === "ENVBUILDER_SETUP_SCRIPT");
  return {
    commands: variable && literalOf(variable.value)?.split("; "),
    files: files.map(({ path }) => path).filter((path) => path.startsWith("/.envbuilder/scripts/")),
  };
}

describe("contributeSetup", () => {
  test.each<[string, Partial<EnvbuilderSettings>]>([
    ["no certificates", {}],
    ["certificates for the clone alone", { ca: CaBundle.fromPem(pem, { delivery: CaDelivery.GIT_ONLY }) }],
    ["no store", { ca, trust: WorkspaceTrust.of(TrustingProgram.NODE) }],
    ["nothing to hand on", { etcEnvironment: true }],
  ])("does nothing with %s", (_, settings) => {
    expect(setup(settings)).toEqual({ commands: undefined, files: [] });
  });

  test.each([
    [[TrustingProgram.SYSTEM_STORE, TrustingProgram.JAVA], "system java"],
    [[TrustingProgram.SYSTEM_STORE], "system"],
    [[TrustingProgram.JAVA, TrustingProgram.NODE], "java"],
  ])("installs certificates in the stores that are named: store-reads-no-variable, %j", (programs, stores) => {
    expect(setup({ ca, trust: WorkspaceTrust.of(...programs) })).toEqual({
      commands: [`${INSTALL} ${stores}`],
      files: ["/.envbuilder/scripts/install-ca.sh"],
    });
  });

  test("runs the author's script last, so that its status counts, and has it trust the system's store", () => {
    const trust = WorkspaceTrust.of(TrustingProgram.SYSTEM_STORE);

    expect(setup({ ca, trust, setupScript: SetupScript.required("#!/bin/bash\nmake") })).toEqual({
      commands: [`${INSTALL} system`, SESSION, "/bin/bash /.envbuilder/scripts/setup.sh"],
      files: ["/.envbuilder/scripts/install-ca.sh", "/.envbuilder/scripts/setup.sh"],
    });
  });

  test("lets a script fail that may", () => {
    expect(setup({ setupScript: SetupScript.bestEffort("make") })).toEqual({
      commands: ['/bin/sh /.envbuilder/scripts/setup.sh || echo "the setup script failed with status $?" >&2'],
      files: ["/.envbuilder/scripts/setup.sh"],
    });
  });

  test("hands on the proxy and what the session trusts, in both spellings", () => {
    const proxy = Proxy.containerWide({ url: "http://proxy.test:3128" });
    const { commands, files } = setup({ proxy, ca, etcEnvironment: true });

    expect(commands?.slice(2)).toEqual([
      "sh /.envbuilder/scripts/etc-environment.sh http_proxy HTTP_PROXY https_proxy HTTPS_PROXY no_proxy NO_PROXY SSL_CERT_FILE NODE_EXTRA_CA_CERTS CURL_CA_BUNDLE REQUESTS_CA_BUNDLE PIP_CERT GIT_SSL_CAINFO AWS_CA_BUNDLE",
    ]);
    expect(files).toEqual(["/.envbuilder/scripts/install-ca.sh", "/.envbuilder/scripts/etc-environment.sh"]);
  });

  test("hands on variables that sessions alone have: a directory has none in the container", () => {
    const trust = WorkspaceTrust.of(TrustingProgram.SYSTEM_STORE, TrustingProgram.GIT);
    const directory = CaBundle.fromHostDirectory("/certs", { publicRoots: false });

    expect(setup({ ca: directory, trust, etcEnvironment: true }).commands?.[2]).toBe(
      "sh /.envbuilder/scripts/etc-environment.sh SSL_CERT_FILE SSL_CERT_DIR GIT_SSL_CAINFO",
    );
    expect(setup({ ca: directory, trust: WorkspaceTrust.none(), etcEnvironment: true }).commands).toEqual([
      "sh /.envbuilder/scripts/etc-environment.sh SSL_CERT_DIR",
    ]);
  });

  test("fails with etc-environment-shows-proxy-password where the proxy has credentials", () => {
    const password = Secret.fromReference("${var.password}");
    const proxy = Proxy.containerWide({ url: "http://proxy.test", credentials: { user: "bob", password } });

    expect(refusedBy(() => setup({ proxy, etcEnvironment: true }))).toBe("etc-environment-shows-proxy-password");
    expect(setup({ proxy }).commands).toBeUndefined();
  });

  test("writes a command that stays short whatever the scripts are, because Envbuilder logs it: setup-script-in-log", () => {
    const env = new Environment();
    const settings = { repository, ca, setupScript: SetupScript.required("echo\n".repeat(5000)) };

    contributeSetup(settings, "/.envbuilder/certs/private-ca.pem", env);

    expect(literalOf(env.get("ENVBUILDER_SETUP_SCRIPT")?.value ?? [])?.length).toBeLessThan(600);
  });
});
