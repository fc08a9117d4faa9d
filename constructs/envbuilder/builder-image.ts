import { shown } from "../errors";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { Environment } from "./environment";
import { DEFAULT_BUILDER_IMAGE, ENVBUILDER_OPTIONS } from "./options";

/** What is allowed of an image of Envbuilder, and probably not meant. @internal */
export function builderImageWarnings(image: string | undefined, env: Environment): Warning[] {
  if (image === undefined || hasReference(image)) return [];
  if (!/@sha256:|:(?!latest$)[^/:]+$/.test(image)) {
    return [
      {
        id: "builder-image-unpinned",
        message: `builderImage ${shown(image)} is another version tomorrow, with other options; name a version, such as ${DEFAULT_BUILDER_IMAGE}`,
      },
    ];
  }
  const version = /:v?(\d+\.\d+\.\d+)(?:@|$)/.exec(image)?.[1];
  if (version === undefined) return [];
  return ENVBUILDER_OPTIONS.filter(
    ({ name, since }) => since !== undefined && isBefore(version, since) && env.get(name),
  ).map(({ name, since }) => ({
    id: "option-newer-than-builder-image",
    message: `${name} exists since Envbuilder ${since}, and builderImage ${shown(image)} ignores it; name a newer image`,
  }));
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
