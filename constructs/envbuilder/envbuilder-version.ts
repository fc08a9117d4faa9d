import { ValidationError, shown } from "../errors";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { BuilderSettings } from "./builder-settings";
import type { Environment } from "./environment";
import { DEFAULT_BUILDER_IMAGE, ENVBUILDER_OPTIONS, ENVBUILDER_VERSION, optionNamed } from "./options";

/** The version of Envbuilder that a container runs, and how it is known. @internal */
export interface EnvbuilderVersion {
  readonly number: string;
  /** The prop that says so, with its value, as messages name it. */
  readonly origin: string;
}

/**
 * The version of Envbuilder that the settings mean, as far as they say one.
 *
 * @throws when it is no version, or not the one of Envbuilder's own image
 * @internal
 */
export function envbuilderVersion({ envbuilderVersion: declared, builderImage }: BuilderSettings): EnvbuilderVersion {
  if (declared !== undefined) {
    if (!/^\d+\.\d+\.\d+$/.test(declared)) {
      throw new ValidationError(
        "envbuilder-version-malformed",
        `envbuilderVersion ${shown(declared)} must be a released version of Envbuilder; write it as "${ENVBUILDER_VERSION}"`,
      );
    }
    checkAgainstImage(declared, builderImage ?? DEFAULT_BUILDER_IMAGE);
    return { number: declared, origin: `envbuilderVersion ${shown(declared)}` };
  }
  const tag = builderImage === undefined ? undefined : versionIn(builderImage);
  return { number: tag ?? ENVBUILDER_VERSION, origin: `builderImage ${shown(builderImage)}` };
}

/** What is declared does not choose the image: it says what is in one whose tag does not. */
function checkAgainstImage(declared: string, image: string): void {
  const released = image.startsWith("ghcr.io/coder/envbuilder:") ? versionIn(image) : undefined;
  if (released === undefined || released === declared) return;
  throw new ValidationError(
    "envbuilder-version-of-another-image",
    `envbuilderVersion ${shown(declared)} says which version builderImage is, and ${shown(image)} is another; give the image of that version as builderImage, or leave envbuilderVersion out`,
  );
}

function versionIn(image: string): string | undefined {
  return hasReference(image) ? undefined : /:v?(\d+\.\d+\.\d+)(?:@|$)/.exec(image)?.[1];
}

/** Whether a version may have options that this library does not know. @internal */
export function isNewerThanKnown({ number }: EnvbuilderVersion): boolean {
  return isBefore(ENVBUILDER_VERSION, number);
}

/**
 * Checks that the version has all options that are set.
 *
 * @throws when it lacks one, which it would ignore
 * @internal
 */
export function checkOptionVersions(version: EnvbuilderVersion, env: Environment): void {
  for (const { name, since } of ENVBUILDER_OPTIONS) {
    const variable = env.get(name);
    if (since === undefined || variable === undefined || !isBefore(version.number, since)) continue;
    throw new ValidationError(
      "option-newer-than-envbuilder",
      `${variable.origin} sets ${name}, which exists since Envbuilder ${since}, and ${version.origin} ignores it; use a newer image, or leave it out${version.origin.startsWith("builderImage") ? "; where the tag is not Envbuilder's version, declare that as envbuilderVersion" : ""}`,
    );
  }
}

/** Options that a newer version may have, and this library cannot say. @internal */
export function unknownOptionWarnings(version: EnvbuilderVersion, env: Environment): Warning[] {
  return env
    .sorted()
    .filter(({ name }) => name.startsWith("ENVBUILDER_") && !optionNamed(name))
    .map(({ name, origin }) => ({
      id: "option-unknown-to-library",
      message: `${origin} sets ${name}, which Envbuilder ${ENVBUILDER_VERSION} ignores, and nobody here knows whether ${version.origin} does; look it up`,
    }));
}

function isBefore(version: string, other: string): boolean {
  // Not by localeCompare: what it loads takes 7 ms.
  const [numbers, others] = [version, other].map((one) => one.split(".").map(Number));
  const differing = numbers?.findIndex((number, place) => number !== others?.[place]) ?? -1;
  return differing >= 0 && (numbers?.[differing] ?? 0) < (others?.[differing] ?? 0);
}
