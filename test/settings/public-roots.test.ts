import { X509Certificate } from "node:crypto";
import { publicRoots } from "../../constructs/settings/public-roots";

describe("publicRoots", () => {
  const certificates = publicRoots().match(/-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n/g) ?? [];

  test("are more than a hundred certificates, each below its name, and nothing else", () => {
    const rest = publicRoots()
      .replaceAll(/-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n/g, "")
      .split("\n")
      .slice(0, -1);

    expect(certificates.length).toBeGreaterThan(100);
    expect(rest).toHaveLength(certificates.length);
    expect(rest.every((line) => /^# ".+"$/.test(line))).toBe(true);
  });

  test("are authorities", () => {
    expect(certificates.every((pem) => new X509Certificate(pem).ca)).toBe(true);
  });
});
