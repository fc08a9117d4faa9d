import { readFileSync } from "node:fs";
import { ValidationError, shown } from "../errors";
import { markKind } from "./kind";
import { withStandIns } from "./stretches";
import { hasReference } from "./text";

/** A marker, the hosts (or the hash of one), the type of the key, the key in base64, and perhaps a comment. */
const LINE = /^(?:@(?:cert-authority|revoked)\s+)?\S+\s+(?:ssh-|ecdsa-|sk-)[\w@.-]+\s+[A-Za-z0-9+/]+={0,2}(?:\s.*)?$/;

/**
 * The public keys that SSH servers are known by, in the form of `known_hosts`: what `ssh-keyscan HOST` prints and the operator
 * of the server confirms.
 */
export class KnownHosts {
  /**
   * A text with one key on each line.
   *
   * @param text - it may hold references
   * @throws when a line is none of that form, or no line has a key
   */
  public static fromText(text: string): KnownHosts {
    return new KnownHosts("knownHosts", text);
  }

  /**
   * A file that is read at synth.
   *
   * @param path - relative to the working directory, or absolute
   * @throws when it cannot be read, or as `fromText`
   */
  public static fromFile(path: string): KnownHosts {
    return new KnownHosts(`the file ${shown(path)} of knownHosts`, read(path));
  }

  // Private, so that types take nothing else for one.
  private readonly lines: string;

  private constructor(at: string, text: string) {
    markKind(this, "KnownHosts");
    this.lines = checked(at, text);
  }

  /** All lines, each with its end. @internal */
  public get text(): string {
    return this.lines;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new ValidationError(
      "known-hosts-unreadable",
      `the file ${shown(path)} of knownHosts cannot be read (${code}); give a path relative to the working directory, or use KnownHosts.fromText`,
    );
  }
}

function checked(at: string, text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const meant = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const refuse = (rule: string): never => {
    throw new ValidationError(
      "known-hosts-malformed",
      `${at} ${rule}; write what ssh-keyscan prints, such as "git.example.com ssh-ed25519 AAAA…"`,
    );
  };
  if (text.includes("PRIVATE KEY")) refuse("has a private key, and is read by everybody who may read the template");
  if (meant.length === 0) refuse("has no key, so that every server would be refused");
  const wrong = meant.find((line) => !hasReference(line) && !LINE.test(line));
  if (wrong !== undefined) refuse(`has the line ${shown(withStandIns(wrong, "…"))}, which must be hosts, type and key`);
  return `${lines.join("\n").trim()}\n`;
}
