import { builderImageWarnings } from "../../constructs/envbuilder/builder-image";
import { Environment } from "../../constructs/envbuilder/environment";

const digest = `sha256:${"0".repeat(64)}`;

function ids(image: string | undefined, ...names: string[]): string[] {
  const env = new Environment();
  for (const name of names) env.add("environment", name, "true");
  return builderImageWarnings(image, env).map(({ id }) => id);
}

describe("builderImageWarnings", () => {
  test.each([
    "envbuilder",
    "ghcr.io/coder/envbuilder",
    "ghcr.io/coder/envbuilder:latest",
    "registry.test:5000/envbuilder",
  ])("warn with builder-image-unpinned of %s", (image) => {
    expect(ids(image)).toEqual(["builder-image-unpinned"]);
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
    expect(ids(image, "ENVBUILDER_GIT_CLONE_THINPACK")).toEqual([]);
  });

  test.each([
    ["ghcr.io/coder/envbuilder:1.0.3", ["ENVBUILDER_EXIT_ON_PUSH_FAILURE", "ENVBUILDER_VERBOSE"], 1],
    ["ghcr.io/coder/envbuilder:v1.1.0", ["ENVBUILDER_EXIT_ON_PUSH_FAILURE"], 0],
    [`ghcr.io/coder/envbuilder:1.1.9@${digest}`, ["ENVBUILDER_GIT_CLONE_THINPACK"], 1],
    ["ghcr.io/coder/envbuilder:1.10.0", ["ENVBUILDER_GIT_CLONE_THINPACK"], 0],
  ])("warn with option-newer-than-builder-image of %s with %s: %d", (image, names, count) => {
    expect(ids(image, ...names)).toEqual(Array<string>(count).fill("option-newer-than-builder-image"));
  });
});
