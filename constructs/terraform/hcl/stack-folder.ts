import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What Terraform leaves in the folder is Terraform's. */
const KEPT = /^(?:\.terraform|\.terraform\.lock\.hcl|.*\.tfstate.*)$/;

/** What only a synthesis can have written: together with ours it would declare everything twice. */
const TERRAFORM_FILE = /\.tf(?:\.json)?$/;

/** The folder that a stack is written to. */
export class StackFolder {
  constructor(private readonly path: string) {}

  /**
   * Removes what an earlier synthesis wrote, so that nothing of it outlives its reason.
   *
   * @param written - what it wrote, if that is known: whatever else is there belongs to somebody else
   */
  public clear(written: readonly string[] | undefined): void {
    const known = written && new Set(written);
    for (const file of this.files()) {
      const stale = known
        ? known.has(file) || file === "cdk.tf.json"
        : TERRAFORM_FILE.test(file) && !file.includes("/");
      if (stale && !KEPT.test(file)) this.remove(file);
    }
  }

  /** The files of the folder and of those in it, sorted; without what is Terraform's. */
  public files(inside = ""): string[] {
    const folder = join(this.path, inside);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => inside !== "" || !KEPT.test(entry.name))
      .flatMap((entry) => {
        const path = inside ? `${inside}/${entry.name}` : entry.name;
        return entry.isDirectory() ? this.files(path) : [path];
      })
      .sort();
  }

  /** Writes a file, with the folders on the way. */
  public write(file: string, content: string): void {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  private remove(file: string): void {
    rmSync(join(this.path, file), { force: true });
    // Folders that held nothing else go with it.
    for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) {
      if (readdirSync(join(this.path, folder)).length) break;
      rmdirSync(join(this.path, folder));
    }
  }
}

/** The files that an earlier synthesis noted in its metadata; `undefined` if there was none. */
export function notedFiles(metadataFile: string): readonly string[] | undefined {
  try {
    const content: { "//"?: { files?: unknown } } = JSON.parse(readFileSync(metadataFile, "utf8"));
    const files = content["//"]?.files;
    return Array.isArray(files) ? files.filter((file): file is string => typeof file === "string") : undefined;
  } catch {
    return undefined;
  }
}
