import { X509Certificate } from "node:crypto";
import { publicRoots } from "../../constructs/settings/public-roots";

describe("publicRoots", () => {
  const certificates = publicRoots().match(/-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n/g) ?? [];

  test("are more than a hundred certificates, and nothing else", () => {
    expect(certificates.length).toBeGreaterThan(100);
    expect(certificates.join("")).toBe(publicRoots());
  });

  test("are authorities", () => {
    expect(certificates.every((pem) => new X509Certificate(pem).ca)).toBe(true);
  });
});
