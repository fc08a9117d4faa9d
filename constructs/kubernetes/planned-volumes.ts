import { posix } from "node:path";
import type { Construct } from "constructs";
import type { ContainerPlan } from "../envbuilder/container-plan";
import type { FilePiece, MountSource, PlannedFile } from "../envbuilder/planned-file";
import { ValidationError } from "../errors";
import { CarriedFile } from "../terraform/carried-file";
import { textExpression } from "../terraform/text-expression";
import { KubernetesVolume } from "./kubernetes-volume";

/** A volume of the library's own, and its name in the pod. */
export interface PlannedVolume {
  readonly name: string;
  readonly volume: KubernetesVolume;
}

/** What a ConfigMap may hold. */
const LARGEST = 1024 * 1024;

/**
 * The entries of the ConfigMap that holds a plan's files.
 *
 * @throws when they are more than a ConfigMap may hold
 */
export function fileEntries(scope: Construct, files: readonly PlannedFile[]): { [key: string]: string } {
  const size = files.flatMap((file) => file.content).reduce((sum, piece) => sum + knownSize(piece), 0);
  if (size > LARGEST) {
    throw new ValidationError(
      "config-map-too-large",
      `the certificates of ca and the scripts have ${size} bytes, and a ConfigMap holds up to ${LARGEST}; leave out delivery, which doubles them, or use CaBundle.fromConfigMap with fewer`,
    );
  }
  const keys = keysOf(files);
  return Object.fromEntries(
    files.map((file, index) => [keys[index], file.content.map((piece) => content(scope, piece)).join("")]),
  );
}

/**
 * What a plan mounts below Envbuilder's directory: its files, a volume for each folder of them, and the objects that are
 * there already.
 *
 * @param configMap - the name of the ConfigMap that holds the files
 */
export function plannedVolumes({ files, mounts }: ContainerPlan, configMap: string): PlannedVolume[] {
  const keys = keysOf(files);
  const folders = new Map<string, Record<string, string>>();
  for (const [index, { path }] of files.entries()) {
    const folder = posix.dirname(path);
    folders.set(folder, { ...folders.get(folder), [keys[index] ?? ""]: posix.basename(path) });
  }
  return [
    ...[...folders].map(([folder, items]) => mounted("config-map", configMap, folder, items)),
    ...mounts.flatMap(({ source, path }) => (source.kind === "host" ? [] : [mountedEntry(source, path)])),
  ];
}

/** An entry of an object that is there already: in a folder of its own, unless Envbuilder itself is there, too. */
function mountedEntry({ kind, name, key }: Exclude<MountSource, { kind: "host" }>, path: string): PlannedVolume {
  const folder = posix.dirname(path);
  const file = posix.basename(path);
  if (folder !== "/.envbuilder") return mounted(kind, name, folder, { [key]: file });
  const volume = new KubernetesVolume({ kind, name, items: { [key]: file } }, path, { readOnly: true }, file);
  return { name: file.replaceAll(".", "-"), volume };
}

function mounted(
  kind: "config-map" | "secret",
  name: string,
  folder: string,
  items: { readonly [key: string]: string },
): PlannedVolume {
  const volume = new KubernetesVolume({ kind, name, items }, folder, { readOnly: true });
  return { name: posix.basename(folder), volume };
}

/** File names where they are unambiguous; else with the folder's. */
function keysOf(files: readonly PlannedFile[]): string[] {
  const names = files.map(({ path }) => posix.basename(path));
  return files.map(({ path }, index) => {
    const name = names[index] ?? "";
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${posix.basename(posix.dirname(path))}.${name}`;
  });
}

function content(scope: Construct, piece: FilePiece): string {
  return piece.kind === "carried" ? CarriedFile.of(scope, piece.name, piece.text).content : textExpression(piece.text);
}

function knownSize(piece: FilePiece): number {
  return piece.kind === "carried" ? Buffer.byteLength(piece.text) : 0;
}
