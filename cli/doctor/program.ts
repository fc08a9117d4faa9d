import type { X509Certificate } from "node:crypto";
import { firstOf } from "../network/proxy-address";
import {
  SYSTEM_DIRECTORIES,
  readHashedDirectory,
  readSourceDirectory,
  readSourceFile,
  systemFile,
} from "./certificate-source";

/** A program that connects to servers, and whom it trusts with this environment. */
export interface Program {
  readonly name: string;
  /** What it is used for. */
  readonly use: string;
  /** Where its trust comes from, for people. */
  readonly origin: string;
  readonly roots: readonly X509Certificate[];
  /** Whether it trusts the public authorities beside these. */
  readonly withPublicRoots: boolean;
  /** The variables that it takes a proxy from, the first that is set. */
  readonly proxyNames: readonly string[];
  /** What makes it trust an authority. */
  readonly remedy: string;
  readonly isGo: boolean;
}

const CAPITALS_FIRST = ["HTTPS_PROXY", "https_proxy"];
const SMALL_FIRST = ["https_proxy", "HTTPS_PROXY"];

type Trusted = Pick<Program, "origin" | "roots" | "withPublicRoots">;

/** The programs of a workspace, as Envbuilder and Debian have them. */
export function programs(environment: NodeJS.ProcessEnv): readonly Program[] {
  const openssl = (...names: string[]) => trustOfOpenSsl(names, environment);
  return [
    go("Envbuilder", "clone and registry", trustOfEnvbuilder(environment)),
    go("agent", "Coder's agent, Terraform and other Go programs here", trustOfGo(environment)),
    other(
      "curl",
      "the agent's download",
      openssl("CURL_CA_BUNDLE", "SSL_CERT_FILE"),
      "CURL_CA_BUNDLE or the system's store",
    ),
    {
      ...other(
        "wget",
        "the agent's download without curl",
        trustOfGnuTls(undefined, environment),
        "the system's store",
      ),
      proxyNames: ["https_proxy"],
    },
    other("Git", "users", trustOfGnuTls("GIT_SSL_CAINFO", environment), "GIT_SSL_CAINFO or the system's store"),
    other("Node.js", "users", trustOfNode(environment), "NODE_EXTRA_CA_CERTS"),
    other("Python", "users", openssl("SSL_CERT_FILE"), "SSL_CERT_FILE or the system's store"),
    other("requests", "users of Python, as pip installs it", trustOfRequests(environment), "REQUESTS_CA_BUNDLE"),
  ];
}

function go(name: string, use: string, trusted: Trusted): Program {
  return { name, use, ...trusted, proxyNames: CAPITALS_FIRST, remedy: "SSL_CERT_FILE", isGo: true };
}

function other(name: string, use: string, trusted: Trusted, remedy: string): Program {
  return { name, use, ...trusted, proxyNames: SMALL_FIRST, remedy, isGo: false };
}

/** Its image has no store: public authorities are compiled in, and used when nothing else is found. */
function trustOfEnvbuilder(environment: NodeJS.ProcessEnv): Trusted {
  const roots = environment["GO_ROOTCERTS_ENABLE"] === "1" ? [] : namedForGo(environment);
  return roots.length === 0
    ? { origin: "the public authorities that are compiled in", roots, withPublicRoots: true }
    : { origin: goVariables(environment), roots, withPublicRoots: false };
}

function trustOfGo(environment: NodeJS.ProcessEnv): Trusted {
  const file = environment["SSL_CERT_FILE"] ?? "";
  const directories = environment["SSL_CERT_DIR"] ?? "";
  const roots = [
    ...(file === "" ? (systemFile()?.certificates ?? []) : readSourceFile(file).certificates),
    ...(directories === "" ? SYSTEM_DIRECTORIES : directories.split(":")).flatMap(
      (path) => readSourceDirectory(path).certificates,
    ),
  ];
  return { origin: goVariables(environment) || "the system's store", roots, withPublicRoots: false };
}

function namedForGo(environment: NodeJS.ProcessEnv): X509Certificate[] {
  const file = environment["SSL_CERT_FILE"] ?? "";
  const directories = (environment["SSL_CERT_DIR"] ?? "").split(":").filter((path) => path !== "");
  return [
    ...(file === "" ? [] : readSourceFile(file).certificates),
    ...directories.flatMap((path) => readSourceDirectory(path).certificates),
  ];
}

function goVariables(environment: NodeJS.ProcessEnv): string {
  return ["SSL_CERT_FILE", "SSL_CERT_DIR"].filter((name) => (environment[name] ?? "") !== "").join(" and ");
}

/** The file of the first variable that is set, else the store of the system. */
function trustOfFile(names: readonly string[], environment: NodeJS.ProcessEnv): Trusted {
  const found = firstOf(names, environment);
  return found === undefined
    ? { origin: "the system's store", roots: systemFile()?.certificates ?? [], withPublicRoots: false }
    : { origin: found[0], roots: readSourceFile(found[1]).certificates, withPublicRoots: false };
}

/** The file, and the directory with hashed names beside it, which no variable but `SSL_CERT_DIR` replaces. */
function trustOfOpenSsl(names: readonly string[], environment: NodeJS.ProcessEnv): Trusted {
  const file = trustOfFile(names, environment);
  const named = environment["SSL_CERT_DIR"] ?? "";
  const directories = named === "" ? SYSTEM_DIRECTORIES : named.split(":");
  const roots = directories.flatMap((path) => readHashedDirectory(path).certificates);
  return { ...file, roots: [...file.roots, ...roots] };
}

/** The store of the system, whatever is named beside it. */
function trustOfGnuTls(name: string | undefined, environment: NodeJS.ProcessEnv): Trusted {
  const file = trustOfFile(name === undefined ? [] : [name], environment);
  const roots = SYSTEM_DIRECTORIES.flatMap((path) => readSourceDirectory(path).certificates);
  return { ...file, roots: [...file.roots, ...roots] };
}

function trustOfNode(environment: NodeJS.ProcessEnv): Trusted {
  const extra = environment["NODE_EXTRA_CA_CERTS"] ?? "";
  const added = extra === "" ? [] : readSourceFile(extra).certificates;
  const options = environment["NODE_OPTIONS"] ?? "";
  const origin = extra === "" ? "" : " and NODE_EXTRA_CA_CERTS";
  if (options.includes("--use-openssl-ca")) {
    const { roots, origin: store } = trustOfFile(["SSL_CERT_FILE"], environment);
    return { origin: `${store}${origin}`, roots: [...roots, ...added], withPublicRoots: false };
  }
  const system = options.includes("--use-system-ca") ? (systemFile()?.certificates ?? []) : [];
  return { origin: `its own public authorities${origin}`, roots: [...system, ...added], withPublicRoots: true };
}

/** Without a variable it trusts the public authorities that it carries (certifi). Debian's package of it does not. */
function trustOfRequests(environment: NodeJS.ProcessEnv): Trusted {
  const names = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
  return firstOf(names, environment) === undefined
    ? { origin: "its own public authorities", roots: [], withPublicRoots: true }
    : trustOfFile(names, environment);
}
