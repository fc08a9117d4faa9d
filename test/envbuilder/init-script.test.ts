import { initScript } from "../../constructs/envbuilder/init-script";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { hasReference, literalOf } from "../../constructs/settings/text";
import { TrustingProgram, WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { Certificate } from "../certificates";

const agentScript = "${coder_agent.main.init_script}";
const { pem } = new Certificate();
const ca = CaBundle.fromPem(pem);
const BUNDLE = "ca_bundle=$(cat /.envbuilder/system-bundle 2>/dev/null) && export ";

describe("initScript", () => {
  test("is the agent's alone where the container has neither a proxy nor certificates", () => {
    expect(initScript({}, agentScript)).toEqual([agentScript]);
  });

  test("takes the proxy from BusyBox's wget, which ignores no_proxy, before the agent's script begins: busybox-wget-without-no-proxy", () => {
    const [before = "", ...after] = initScript({}, agentScript, true);

    expect(after).toEqual([agentScript]);
    expect(before).toMatch(/grep -q BusyBox; then\n/);
    expect(before).toMatch(/^ {2}wget\(\) \{ env -u http_proxy -u https_proxy .* wget "\$@"; \}$/m);
    expect(before).toMatch(/^ {2}busybox\(\) \{ env -u http_proxy -u https_proxy .* busybox "\$@"; \}$/m);
  });

  test("makes the variables point at the system's store before anything is downloaded", () => {
    const [first, second, third] = initScript({ ca }, agentScript, true);

    expect(first).toBe(
      `${BUNDLE}SSL_CERT_FILE="$ca_bundle" NODE_EXTRA_CA_CERTS="$ca_bundle" CURL_CA_BUNDLE="$ca_bundle" REQUESTS_CA_BUNDLE="$ca_bundle" PIP_CERT="$ca_bundle" GIT_SSL_CAINFO="$ca_bundle" AWS_CA_BUNDLE="$ca_bundle"\n`,
    );
    expect(second).toContain("BusyBox");
    expect(third).toBe(agentScript);
  });

  test("names those of the programs that trust, and SSL_CERT_FILE", () => {
    const trust = WorkspaceTrust.of(TrustingProgram.SYSTEM_STORE, TrustingProgram.GIT);

    expect(initScript({ ca, trust }, "")[0]).toBe(`${BUNDLE}SSL_CERT_FILE="$ca_bundle" GIT_SSL_CAINFO="$ca_bundle"\n`);
  });

  test.each([
    ["no program trusts", { ca, trust: WorkspaceTrust.none() }],
    ["the store is not named", { ca, trust: WorkspaceTrust.of(TrustingProgram.NODE) }],
    ["the certificates are the clone's", { ca: CaBundle.fromPem(pem, { delivery: CaDelivery.GIT_ONLY }) }],
    ["what runs it is no shell", { ca, initCommand: "/usr/bin/python3" }],
  ])("leaves the variables as they are where %s", (_, settings) => {
    expect(initScript(settings, agentScript)).toEqual([agentScript]);
  });

  test.each(["/bin/bash", "/usr/bin/zsh", "/bin/dash", "/bin/sh"])("knows %s for a shell", (initCommand) => {
    expect(initScript({ ca, initCommand }, agentScript)).toHaveLength(2);
  });

  test("means nothing in itself for Terraform", () => {
    const literal = literalOf(initScript({ ca }, "", true));

    expect(literal).toContain('"$@"');
    expect(hasReference(literal ?? "")).toBe(false);
  });
});
