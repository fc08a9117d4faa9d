import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { plainSubject } from "../../constructs/settings/plain-subject";
import { Certificate } from "../certificates";

describe("plainSubject", () => {
  const subjects = rootCertificates.map((pem) => [plainSubject(pem), new X509Certificate(pem).subject] as const);
  const read = subjects.filter(([subject]) => subject !== undefined);

  test("reads the names of the public authorities as Node does", () => {
    expect(read.map(([subject]) => subject)).toEqual(read.map(([, byNode]) => byNode));
  });

  test("reads nearly all of them, which is what it is for", () => {
    expect(read.length / subjects.length).toBeGreaterThan(0.9);
  });

  test.each(["Corporate Root CA", "Example, Inc. (Root) R1/CPS-2"])("reads %j as Node does", (commonName) => {
    const { pem } = new Certificate({ commonName });

    expect(plainSubject(pem)).toBe(new X509Certificate(pem).subject);
  });

  test.each(["Főtanúsítvány", "a+b", 'a "b"', "a=b", "#a", " a", "a ", "a,", "a\nb", "a;b", "<a>", "a\\b", ""])(
    "leaves %j to Node, which escapes it",
    (commonName) => {
      expect(plainSubject(new Certificate({ commonName }).pem)).toBeUndefined();
    },
  );

  test.each(["", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----", "MIIB"])(
    "reads nothing out of %j",
    (pem) => {
      expect(plainSubject(pem)).toBeUndefined();
    },
  );
});
