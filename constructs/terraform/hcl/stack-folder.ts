import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What Terraform leaves in the folder is Terraform's. */
const KEPT = /^(?:\.terraform|\.terraform\.lock\.hcl|.*\.tfstate.*)$/;

const TERRAFORM_FILE = /^[^/]+\.tf(?:\.json)?$/;

/** The folder that a stack is written to. */
export class StackFolder {
  constructor(private readonly path: string) {}

  /**
   * Removes what an earlier synthesis wrote, so that nothing of it outlives its reason.
   *
   * @param written - what it wrote, if that is known; whatever else is there belongs to somebody else. Without that knowledge
   *   all Terraform goes: together with ours it would declare everything twice.
   */
  public removeWritten(written: readonly string[] | undefined): void {
    const known = written && new Set([...written, "cdk.tf.json"]);
    this.remove(this.files().filter((file) => (known ? known.has(file) : TERRAFORM_FILE.test(file))));
  }

  /** Removes files, and the folders that then hold nothing. */
  public remove(files: readonly string[]): void {
    for (const file of files) {
      rmSync(join(this.path, file), { force: true });
      for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) {
        if (readdirSync(join(this.path, folder)).length) break;
        rmdirSync(join(this.path, folder));
      }
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
    const folder = dirname(path);
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    writeFileSync(path, content);
  }
}
