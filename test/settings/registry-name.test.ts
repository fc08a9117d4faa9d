import { checkRegistryName, registryOf } from "../../constructs/settings/registry-name";
import { refusal, verdict } from "../refusal";

describe("checkRegistryName", () => {
  test.each([
    "registry.example.com",
    "registry.example.com:5000",
    "registry:5000",
    "docker.io",
    "localhost",
    "127.0.0.1:5000",
    "[fd00::1]:5000",
    "[fd00::1]",
    "${var.registry}",
    "${var.registry}:5000",
  ])("takes %s", (registry) => {
    expect(verdict(() => checkRegistryName("registry", registry))).toBeUndefined();
  });

  test.each([
    "",
    "registry",
    "https://registry.example.com",
    "https://index.docker.io/v1/",
    "registry.example.com/team",
    "registry.example.com/",
    "Registry.example.com",
    "registry.example.com:",
    "registry.example.com:port",
    "registry..example.com",
    "-registry.example.com",
    "registry.example.com\n",
    "*.example.com",
  ])("fails with registry-malformed on %j", (registry) => {
    expect(refusal(() => checkRegistryName("registryAuth logins[0].registry", registry))).toBe(
      `registryAuth logins[0].registry ${JSON.stringify(registry)} must be a host and perhaps a port, as images are named by them, in lower case and without scheme and path; write it as "registry.example.com" or "registry.example.com:5000", and Docker Hub as "docker.io" [registry-malformed]`,
    );
  });

  test("never shows a password", () => {
    expect(refusal(() => checkRegistryName("registry", "https://bob:hunter2@registry.test"))).not.toContain("hunter2");
  });
});

describe("registryOf", () => {
  test.each([
    ["ghcr.io/coder/envbuilder:1.3.0", "ghcr.io"],
    ["registry.test:5000/envbuilder@sha256:0", "registry.test:5000"],
    ["registry:5000/envbuilder", "registry:5000"],
    ["localhost/envbuilder", "localhost"],
    ["coder/envbuilder:1.3.0", "docker.io"],
    ["envbuilder", "docker.io"],
    ["envbuilder:1.3.0", "docker.io"],
    ["docker.io/coder/envbuilder", "docker.io"],
    ["index.docker.io/coder/envbuilder", "docker.io"],
    ["registry.test/${var.image}", "registry.test"],
    ["${var.registry}/envbuilder", undefined],
    ["${var.image}", undefined],
  ])("is of %s: %s", (image, expected) => {
    expect(registryOf(image)).toBe(expected);
  });
});
