import { Environment } from "../../constructs/envbuilder/environment";
import {
  checkOptionVersions,
  envbuilderVersion,
  isNewerThanKnown,
  unknownOptionWarnings,
} from "../../constructs/envbuilder/envbuilder-version";
import type { BuilderSettings } from "../../constructs/envbuilder/builder-settings";
import { ENVBUILDER_OPTIONS, ENVBUILDER_VERSION } from "../../constructs/envbuilder/options";
import { refusal, refusedBy, verdict } from "../refusal";

/** An image of which the tag says nothing. */
const OWN = { builderImage: "registry.test/envbuilder:our-own" };
const digest = `sha256:${"0".repeat(64)}`;

function environment(...names: string[]): Environment {
  const env = new Environment();
  for (const name of names) env.add("buildSecrets", name, "true");
  return env;
}

describe("envbuilderVersion", () => {
  test.each<[BuilderSettings, string]>([
    [{}, ENVBUILDER_VERSION],
    [{ builderImage: "ghcr.io/coder/envbuilder:1.0.3" }, "1.0.3"],
    [{ builderImage: "ghcr.io/coder/envbuilder:v1.1.0" }, "1.1.0"],
    [{ builderImage: `ghcr.io/coder/envbuilder:1.1.9@${digest}` }, "1.1.9"],
    [{ builderImage: "registry.test:5000/envbuilder:our-own" }, ENVBUILDER_VERSION],
    [{ builderImage: "${var.image}" }, ENVBUILDER_VERSION],
    [{ builderImage: "registry.test/envbuilder:2024.1.1", envbuilderVersion: "1.2.0" }, "1.2.0"],
  ])("of %j is %s", (settings, version) => {
    expect(envbuilderVersion(settings).number).toBe(version);
  });

  test.each(["1.3", "v1.3.0", "latest", "1.3.0-rc.1", ""])(
    "fails with envbuilder-version-malformed on %j",
    (declared) => {
      expect(refusedBy(() => envbuilderVersion({ envbuilderVersion: declared }))).toBe("envbuilder-version-malformed");
    },
  );

  test.each([undefined, "ghcr.io/coder/envbuilder:1.3.0", `ghcr.io/coder/envbuilder:v1.2.0@${digest}`])(
    "fails with envbuilder-version-of-another-image on 1.1.0 of %s",
    (builderImage) => {
      expect(refusedBy(() => envbuilderVersion({ envbuilderVersion: "1.1.0", builderImage }))).toBe(
        "envbuilder-version-of-another-image",
      );
    },
  );

  test.each([undefined, "ghcr.io/coder/envbuilder:latest", "registry.test/envbuilder:1.0.0", "${var.image}"])(
    "takes 1.3.0 of %s",
    (builderImage) => {
      expect(envbuilderVersion({ envbuilderVersion: "1.3.0", builderImage }).number).toBe("1.3.0");
    },
  );

  test.each([
    ["1.3.0", false],
    ["1.2.9", false],
    ["1.3.1", true],
    ["1.10.0", true],
    ["2.0.0", true],
  ])("%s is newer than what is known: %s", (declared, newer) => {
    expect(isNewerThanKnown(envbuilderVersion({ ...OWN, envbuilderVersion: declared }))).toBe(newer);
  });
});

function check(settings: BuilderSettings, ...names: string[]): void {
  checkOptionVersions(envbuilderVersion(settings), environment(...names));
}

describe("checkOptionVersions", () => {
  test("fails with option-newer-than-envbuilder, naming prop, option and both versions", () => {
    expect(refusal(() => check({ ...OWN, envbuilderVersion: "1.0.9" }, "ENVBUILDER_BUILD_SECRETS"))).toBe(
      'buildSecrets sets ENVBUILDER_BUILD_SECRETS, which exists since Envbuilder 1.1.0, and envbuilderVersion "1.0.9" ignores it; use a newer image, or leave it out [option-newer-than-envbuilder]',
    );
  });

  test("says how to tell of a tag that is no version of Envbuilder's", () => {
    expect(refusal(() => check({ builderImage: "r.test/e:1.0.0" }, "ENVBUILDER_BUILD_SECRETS"))).toContain(
      "; where the tag is not Envbuilder's version, declare that as envbuilderVersion [option-newer-than-envbuilder]",
    );
  });

  const late = ENVBUILDER_OPTIONS.filter(({ since }) => since !== undefined).map(({ name, since = "" }) => [
    name,
    since,
  ]);
  test.each(late)("takes %s from %s on", (name = "", since = "") => {
    const [major, minor = 0] = since.split(".").map(Number);

    expect(verdict(() => check({ ...OWN, envbuilderVersion: since }, name))).toBeUndefined();
    expect(verdict(() => check({}, name))).toBeUndefined();
    expect(refusedBy(() => check({ ...OWN, envbuilderVersion: `${major}.${minor - 1}.99` }, name))).toBe(
      "option-newer-than-envbuilder",
    );
  });
});

test("warns with option-unknown-to-library of what a newer version may have", () => {
  const version = envbuilderVersion({ ...OWN, envbuilderVersion: "1.4.0" });
  const env = environment("ENVBUILDER_VERBOSE", "ENVBUILDER_KANIKO_REGISTRY_MAP", "OTHER");

  expect(unknownOptionWarnings(version, env)).toEqual([
    {
      id: "option-unknown-to-library",
      message: `buildSecrets sets ENVBUILDER_KANIKO_REGISTRY_MAP, which Envbuilder ${ENVBUILDER_VERSION} ignores, and nobody here knows whether envbuilderVersion "1.4.0" does; look it up`,
    },
  ]);
});
