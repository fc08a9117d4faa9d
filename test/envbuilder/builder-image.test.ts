import { builderImageWarnings } from "../../constructs/envbuilder/builder-image";

const digest = `sha256:${"0".repeat(64)}`;

describe("builderImageWarnings", () => {
  test.each([
    "envbuilder",
    "ghcr.io/coder/envbuilder",
    "ghcr.io/coder/envbuilder:latest",
    "registry.test:5000/envbuilder",
  ])("warn with builder-image-unpinned of %s", (image) => {
    expect(builderImageWarnings(image).map(({ id }) => id)).toEqual(["builder-image-unpinned"]);
  });

  test.each([
    undefined,
    "${docker_image.envbuilder.image_id}",
    "ghcr.io/coder/envbuilder:1.3.0",
    "registry.test:5000/envbuilder:1.3.0",
    "registry.test/envbuilder:our-own",
    `ghcr.io/coder/envbuilder@${digest}`,
    `ghcr.io/coder/envbuilder:latest@${digest}`,
  ])("are silent of %s", (image) => {
    expect(builderImageWarnings(image)).toEqual([]);
  });
});
