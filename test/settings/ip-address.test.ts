import { isIP } from "node:net";
import * as fc from "fast-check";
import { ipVersion } from "../../constructs/settings/ip-address";

describe("ipVersion", () => {
  test.each([
    ["10.0.0.1", 4],
    ["::1", 6],
    ["::ffff:10.0.0.1", 6],
    ["fe80::1%eth0", 6],
    ["10.0.0", 0],
    ["host-gateway", 0],
    ["", 0],
  ])("of %j is %i", (text, version) => {
    expect(ipVersion(text)).toBe(version);
  });

  test("is what Node says, of whatever text", () => {
    const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV4Extended(), fc.ipV6(), fc.domain());

    fc.assert(fc.property(text, (one) => expect(ipVersion(one)).toBe(isIP(one))));
  });
});
