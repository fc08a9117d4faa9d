import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ISynthesisSession } from "cdktf";
import { shown, ValidationError } from "../../errors";
import type { TerraformTree } from "../tree";
import type { Files } from "./hcl-files";
import { StackFolder } from "./stack-folder";
import { notedFiles, stackMetadata } from "./stack-metadata";

/** The entry of a stack in cdktf's manifest. */
export type StackManifest = ReturnType<ISynthesisSession["manifest"]["forStack"]>;

/** The files of a stack, known but not written yet: its constructs write theirs before. */
export class PendingOutput {
  private readonly folder: StackFolder;
  private readonly metadataFile: string;
  private readonly foreign: ReadonlySet<string>;

  /** Makes room: from here on the folder holds nothing of an earlier synthesis. */
  constructor(
    outdir: string,
    entry: { -readonly [Name in keyof StackManifest]: StackManifest[Name] },
    private readonly tree: TerraformTree,
    private readonly texts: Files,
  ) {
    // Outside the stack's folder, which is to hold Terraform only.
    entry.stackMetadataPath = join("metadata", `${entry.name}.json`);
    entry.synthesizedStackPath = join(entry.workingDirectory, this.mainFile);
    this.metadataFile = join(outdir, entry.stackMetadataPath);
    this.folder = new StackFolder(join(outdir, entry.workingDirectory));
    this.folder.removeWritten(notedFiles(this.metadataFile));
    this.foreign = new Set(this.folder.files());
  }

  /** Writes all files but the main one, and gives the text of that and the metadata to cdktf. */
  public finish(): { hcl: string; metadata: object } {
    const carried = this.written();
    const twice = carried.find((file) => this.texts.has(file));
    if (twice !== undefined) {
      throw new ValidationError(
        "file-written-twice",
        `${shown(twice)} is written by the stack and by one of its constructs; give the latter's file another name`,
      );
    }
    for (const [file, content] of this.texts) if (file !== this.mainFile) this.folder.write(file, content);
    const metadata = dirname(this.metadataFile);
    if (!existsSync(metadata)) mkdirSync(metadata, { recursive: true });
    const files = [...carried, ...this.texts.keys()].sort();
    return { hcl: this.texts.get(this.mainFile) ?? "", metadata: stackMetadata(this.tree, files) };
  }

  /** Takes back what has been written: half a stack looks like a whole one. */
  public abandon(): void {
    this.folder.remove(this.written());
  }

  // cdktf-cli wants to know one file of the stack.
  private get mainFile(): string {
    const names = [...this.texts.keys()].filter((name) => name.endsWith(".tf"));
    return names.find((name) => name === "main.tf") ?? names[0] ?? "main.tf";
  }

  private written(): string[] {
    return this.folder.files().filter((file) => !this.foreign.has(file));
  }
}
