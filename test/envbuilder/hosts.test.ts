import { checkHosts } from "../../constructs/envbuilder/hosts";
import { refusal, verdict } from "../refusal";

describe("checkHosts", () => {
  test.each([
    ["proxy.internal", "10.0.0.1"],
    ["a", "::1"],
    ["git_server", "host-gateway"],
    ["10.0.0.1", "${var.address}"],
  ])("takes %s at %s", (name, address) => {
    expect(verdict(() => checkHosts({ [name]: address }))).toBeUndefined();
  });

  test.each(["", "-a", "a-", ".a", "a b", "a:1", "a/b", "a".repeat(254), "${var.a}"])(
    "fails with host-malformed on the name %j",
    (name) => {
      expect(refusal(() => checkHosts({ [name]: "10.0.0.1" }))).toContain(
        `hosts has the name ${JSON.stringify(name).slice(0, 99)}`,
      );
    },
  );

  test.each(["", "proxy.test", "10.0.0", "dead", "10.0.0.1:80", ":::1"])(
    "fails with host-malformed on the address %j",
    (address) => {
      expect(refusal(() => checkHosts({ "proxy.internal": address }))).toBe(
        `hosts.proxy.internal "${address}" must be an IP address, or host-gateway for the Docker host; write it as hosts: { "proxy.internal": "10.0.0.1" } [host-malformed]`,
      );
    },
  );
});
