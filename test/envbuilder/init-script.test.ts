import { initScript } from "../../constructs/envbuilder/init-script";
import { hasReference, literalOf } from "../../constructs/settings/text";

const agentScript = "${coder_agent.main.init_script}";

describe("initScript", () => {
  test("is the agent's alone where the container has no proxy", () => {
    expect(initScript(agentScript, false)).toEqual([agentScript]);
  });

  test("takes the proxy from BusyBox's wget, which ignores no_proxy, before the agent's script begins: busybox-wget-without-no-proxy", () => {
    const [before = "", ...after] = initScript(agentScript, true);

    expect(after).toEqual([agentScript]);
    expect(before).toMatch(/grep -q BusyBox; then\n/);
    expect(before).toMatch(/^ {2}wget\(\) \{ env -u http_proxy -u https_proxy .* wget "\$@"; \}$/m);
    expect(before).toMatch(/^ {2}busybox\(\) \{ env -u http_proxy -u https_proxy .* busybox "\$@"; \}$/m);
  });

  test("means nothing in itself for Terraform", () => {
    const literal = literalOf(initScript("", true));

    expect(literal).toContain('"$@"');
    expect(hasReference(literal ?? "")).toBe(false);
  });
});
