import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Annotations, AssetType, TerraformAsset, TerraformLocal, TerraformResource, type TerraformStack } from "cdktf";
import { CarriedFile } from "../../../constructs/terraform/carried-file";
import type { HclLayout } from "../../../constructs/terraform/hcl/hcl-layout";
import { refusal } from "../../refusal";
import { filesIn } from "../../util";
import { changed, made, newOutdir, type Made } from "./made-stack";

describe("what an earlier synthesis wrote", () => {
  test("goes, with the folders that held it", () => {
    const outdir = newOutdir();
    const first = made({ fileOf: ({ kind }) => `${kind}.tf`, extraFiles: () => ({ "docs/a/b.md": "x" }) }, outdir);
    CarriedFile.of(first.stack, "certs/old.pem", "old");
    const before = first.synth();
    const second = made(undefined, outdir);
    CarriedFile.of(second.stack, "certs/new.pem", "new");

    expect(Object.keys(before)).toEqual(["certs/old.pem", "docs/a/b.md", "provider.tf", "terraform.tf"]);
    expect(Object.keys(second.synth())).toEqual(["certs/new.pem", "main.tf"]);
    expect(existsSync(join(second.folder, "docs"))).toBe(false);
  });

  test("goes if it was JSON or Terraform that nobody noted", () => {
    const { folder, synth } = made();
    mkdirSync(folder, { recursive: true });
    for (const file of ["cdk.tf.json", "cdk.tf", "notes.txt"]) writeFileSync(join(folder, file), "x");

    expect(Object.keys(synth())).toEqual(["main.tf", "notes.txt"]);
  });

  test("goes if it was JSON after ours", () => {
    const { folder, synth } = made();
    synth();
    writeFileSync(join(folder, "cdk.tf.json"), "{}");

    expect(Object.keys(synth())).toEqual(["main.tf"]);
  });

  test("stays if it is Terraform's or somebody else's", () => {
    const { folder, synth } = made();
    synth();
    mkdirSync(join(folder, ".terraform/providers"), { recursive: true });
    const theirs = [
      ".terraform/providers/x.tf",
      ".terraform.lock.hcl",
      "terraform.tfstate",
      "terraform.tfstate.backup",
    ];
    const somebodys = ["terraform.tfvars", "backend_override.tf"];
    for (const file of [...theirs, ...somebodys]) writeFileSync(join(folder, file), "x");

    expect(Object.keys(synth())).toEqual([...theirs, ...somebodys, "main.tf"].sort());
  });

  test("does not count where its note points out of the folder", () => {
    const { app, folder, synth } = made();
    synth();
    const outside = join(app.outdir, "outside.txt");
    writeFileSync(outside, "x");
    const note = join(app.outdir, "metadata/s.json");
    writeFileSync(note, JSON.stringify({ "//": { files: ["../../outside.txt", "main.tf", 1] } }));

    expect(Object.keys(synth())).toEqual(["main.tf"]);
    expect([existsSync(outside), existsSync(folder)]).toEqual([true, true]);
  });

  test("makes room for the assets of cdktf, which stay as long as they are used", () => {
    const outdir = newOutdir();
    const asset = join(outdir, "asset.txt");
    writeFileSync(asset, "x");
    const first = made(undefined, outdir);
    new TerraformAsset(first.stack, "asset", { path: asset, type: AssetType.FILE });
    const [, secondTime] = [first.synth(), first.synth()];

    expect(Object.keys(secondTime)).toEqual([expect.stringMatching(/^assets\/asset\/.*\/asset\.txt$/), "main.tf"]);
    expect(Object.keys(made(undefined, outdir).synth())).toEqual(["main.tf"]);
  });
});

const broken = (stack: TerraformStack): unknown => new TerraformLocal(stack, "l", "${f(");

/** The stack's folder before and after a synthesis that fails, and why it does. */
function after(
  break_: (again: Made) => unknown,
  layout?: HclLayout,
): { before: object; after: object; message: string } {
  const outdir = newOutdir();
  const first = made(changed({ extraFiles: () => ({ "README.md": "first" }) }), outdir);
  CarriedFile.of(first.stack, "certs/ca.pem", "first");
  const before = first.synth();
  const again = made(layout, outdir);
  CarriedFile.of(again.stack, "certs/ca.pem", "second");
  break_(again);
  let message = "";
  try {
    again.synth();
  } catch (error) {
    message = String(error);
  }
  return { before, after: filesIn(again.folder), message };
}

describe("a synthesis that fails", () => {
  test.each<[string, (again: Made) => unknown, HclLayout | undefined, string]>([
    ["what cannot be written", ({ stack }) => broken(stack), undefined, "locals: l: an interpolation is opened"],
    ["an error annotation", ({ stack }) => Annotations.of(stack).addError("no"), undefined, "[s] no"],
    ["a validation", ({ stack }) => stack.node.addValidation({ validate: () => ["not so"] }), undefined, "not so"],
    [
      "the layout's own validation",
      () => undefined,
      changed({
        validate: () => {
          throw new Error("rule");
        },
      }),
      "rule",
    ],
    [
      "a file name for blocks",
      () => undefined,
      changed({ fileOf: () => "sub/main.tf" }),
      '"sub/main.tf" cannot hold it',
    ],
    [
      "a file of overrides",
      () => undefined,
      changed({ fileOf: () => "x_override.tf" }),
      "takes what is in such a file as",
    ],
    ["a file outside", () => undefined, changed({ extraFiles: () => ({ "../x": "" }) }), '"../x" is no path in'],
    ["a file twice", () => undefined, changed({ extraFiles: () => ({ "main.tf": "" }) }), "main.tf is already there"],
    ["Terraform as text", () => undefined, changed({ extraFiles: () => ({ "x.tf": "" }) }), "x.tf would be read as"],
  ])("because of %s leaves everything as it was", (_, break_, layout, expected) => {
    const result = after(break_, layout);

    expect(result.message).toContain(expected);
    expect(result.after).toEqual(result.before);
  });

  test("when it has begun to write leaves nothing that looks whole", () => {
    const result = after(
      ({ stack }) => CarriedFile.of(stack, "README.md", "carried"),
      changed({ extraFiles: () => ({ "README.md": "" }) }),
    );

    expect(result.message).toContain('"README.md" is written by the stack and by one of its constructs; give');
    expect(result.message).toContain("[file-written-twice]");
    expect(result.after).toEqual({});
  });

  test("says what is wrong with the stack, in all its places", () => {
    const { stack, synth } = made();
    broken(stack);
    const raw = new TerraformResource(stack, "r", { terraformResourceType: "docker_volume" });
    raw.addOverride("labels", [{ label: "a" }]);

    expect(refusal(synth)).toBe(
      "stack s cannot be written as Terraform:\n" +
        '  locals: l: an interpolation is opened but not closed in "${f("; close it with }, or write $${ (or %%{) where ' +
        "the text itself is meant\n" +
        "  docker_volume.r: labels may be nested blocks or objects, and no class in the stack describes docker_volume; " +
        "use the generated class of docker_volume here or anywhere in the stack\n" +
        " [hcl-unwritable]",
    );
  });

  test("goes on with error annotations where cdktf-cli wants to show them itself", () => {
    const name = "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS";
    process.env[name] = "1";
    try {
      const { stack, app, synth } = made();
      Annotations.of(stack).addError("no");

      expect(Object.keys(synth())).toEqual(["main.tf"]);
      expect(readFileSync(join(app.outdir, "manifest.json"), "utf8")).toContain('"message": "no"');
    } finally {
      delete process.env[name];
    }
  });
});
