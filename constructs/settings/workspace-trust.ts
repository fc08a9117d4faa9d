import { markKind } from "./kind";
import { checkKind, ofEnum } from "./value-kinds";

/** A kind of program, or a store that programs read, that has to be told which certificate authorities to trust. */
export enum TrustingProgram {
  /**
   * The distribution's own store, which apt, GnuTLS's wget and whatever is started without the container's variables read,
   * such as by sudo. A script puts the private authorities into it when the workspace starts, and the variables of all other
   * programs named then point at the store's file.
   */
  SYSTEM_STORE = "system-store",
  /** Java: the key stores of the JDKs that the script finds when the workspace starts. */
  JAVA = "java",
  /** Node.js and IDE extensions: `NODE_EXTRA_CA_CERTS`. */
  NODE = "node",
  /** curl and libcurl: `CURL_CA_BUNDLE`. */
  CURL = "curl",
  /** Python's requests and pip: `REQUESTS_CA_BUNDLE`, `PIP_CERT`. */
  PYTHON = "python",
  /** Git over HTTPS: `GIT_SSL_CAINFO`. */
  GIT = "git",
  /** The AWS command line and SDKs: `AWS_CA_BUNDLE`. */
  AWS = "aws",
}

const VARIABLES: Readonly<Record<TrustingProgram, readonly string[]>> = {
  [TrustingProgram.SYSTEM_STORE]: [],
  [TrustingProgram.JAVA]: [],
  [TrustingProgram.NODE]: ["NODE_EXTRA_CA_CERTS"],
  [TrustingProgram.CURL]: ["CURL_CA_BUNDLE"],
  [TrustingProgram.PYTHON]: ["REQUESTS_CA_BUNDLE", "PIP_CERT"],
  [TrustingProgram.GIT]: ["GIT_SSL_CAINFO"],
  [TrustingProgram.AWS]: ["AWS_CA_BUNDLE"],
};

/**
 * Which programs of the finished workspace trust the CA bundle: through the variables that each reads, and through the
 * stores of the distribution and of Java. Programs written in Go and those that use OpenSSL trust it by `SSL_CERT_FILE` in
 * any case, unless it is a directory of the Docker host.
 */
export class WorkspaceTrust {
  /** All programs that this library knows, and the stores of the distribution and of Java. */
  public static all(): WorkspaceTrust {
    return new WorkspaceTrust(Object.values(TrustingProgram));
  }

  /** No program beyond those that read `SSL_CERT_FILE`, and no store. */
  public static none(): WorkspaceTrust {
    return new WorkspaceTrust([]);
  }

  /**
   * The programs and stores named.
   *
   * @throws when one of them is no `TrustingProgram`
   */
  public static of(...programs: TrustingProgram[]): WorkspaceTrust {
    for (const program of programs) checkKind("trust", ofEnum("TrustingProgram", TrustingProgram), program);
    return new WorkspaceTrust(programs);
  }

  /** Names of environment variables whose value is the path of a PEM file. @internal */
  public get variables(): readonly string[] {
    return [...new Set(this.programs)].flatMap((program) => VARIABLES[program]);
  }

  /** Whether the distribution's store gets the private authorities. @internal */
  public get systemStore(): boolean {
    return this.programs.includes(TrustingProgram.SYSTEM_STORE);
  }

  /** Whether the key stores of Java get them. @internal */
  public get java(): boolean {
    return this.programs.includes(TrustingProgram.JAVA);
  }

  // Private, so that types take nothing else for one.
  private readonly programs: readonly TrustingProgram[];

  private constructor(programs: readonly TrustingProgram[]) {
    markKind(this, "WorkspaceTrust");
    this.programs = [...programs];
  }
}
