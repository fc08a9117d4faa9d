import { shown } from "../errors";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import { DEFAULT_BUILDER_IMAGE } from "./options";

/** What is allowed of an image of Envbuilder, and probably not meant. @internal */
export function builderImageWarnings(image: string | undefined): Warning[] {
  if (image === undefined || hasReference(image) || /@sha256:|:(?!latest$)[^/:]+$/.test(image)) return [];
  return [
    {
      id: "builder-image-unpinned",
      message: `builderImage ${shown(image)} is another version tomorrow, with other options; name a version, such as ${DEFAULT_BUILDER_IMAGE}`,
    },
  ];
}
