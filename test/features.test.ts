import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../features");

interface Feature {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly options: Readonly<Record<string, { readonly description: string }>>;
}

describe.each(readdirSync(root))("the feature %s", (folder) => {
  const read = (file: string): string => readFileSync(join(root, folder, file), "utf8");
  const feature: Feature = JSON.parse(read("devcontainer-feature.json"));

  test("says what every tool has to know, in lines that can stand in a comment", () => {
    expect(feature).toMatchObject({ id: folder, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(feature.name).toMatch(/^.+$/);
    expect(feature.description).toMatch(/^.+$/);
  });

  test("has options of names that are variables as they are, each described in its README", () => {
    // Envbuilder makes them capitals, and nothing else of them.
    for (const name of Object.keys(feature.options)) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(read("README.md")).toContain(`| \`${name}\` `);
      expect(read("install.sh")).toContain(`\${${name.toUpperCase()}:`);
    }
  });

  test.each(readdirSync(join(root, folder)).filter((file) => file.endsWith(".sh")))("has shell in %s", (file) => {
    expect(() => execFileSync("sh", ["-n", join(root, folder, file)], { stdio: "pipe" })).not.toThrow();
  });
});

test("corporate-ca writes the stores as the finished workspace does, with the same script", () => {
  const [ofFeature, ofWorkspace] = ["corporate-ca/install-ca.sh", "../constructs/envbuilder/scripts/install-ca.sh"].map(
    (file) => readFileSync(join(root, file), "utf8"),
  );

  expect(ofFeature).toBe(ofWorkspace);
});
