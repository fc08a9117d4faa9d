// What two plans say differently of what the configuration means.

import { parseJson } from "../lab/json";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
type JsonObject = { readonly [name: string]: Json };

const SECTIONS = "planned_values prior_state variables resource_changes output_changes checks configuration".split(" ");

/** The differences of two plans, as `terraform show -json` gives them, one per line; none if they mean the same. */
export function differences(json = "{}", hcl = "{}"): string[] {
  const [left, right] = [parseJson<JsonObject>(json), parseJson<JsonObject>(hcl)];
  return SECTIONS.flatMap((section) => [...diff(comparable(left[section]), comparable(right[section]), section)]);
}

// Without what differs from run to run, and what Terraform tells of the two syntaxes differently.
function comparable(value: Json | undefined): Json | undefined {
  if (isList(value)) return value.map((item) => comparable(item) ?? null);
  if (!isObject(value)) return value;
  const out: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    if (isIncidental(name, item)) continue;
    const inner = name === "references" && isList(item) ? [...item].sort() : (comparable(item) ?? null);
    if (name !== "for_each_expression" || !isEmpty(inner)) out[name] = inner;
  }
  return out;
}

const RANDOM_ID = /^(?!2222)[0-9a-f]{8}-[0-9a-f]{4}-/;

function isIncidental(name: string, value: Json): boolean {
  if (name === "timestamp") return true;
  if (name === "id") return typeof value === "string" && RANDOM_ID.test(value);
  // In JSON a template is shown as a constant besides its references.
  return name === "constant_value";
}

const isEmpty = (value: Json): boolean => isObject(value) && Object.keys(value).length === 0;

function* diff(json: Json | undefined, hcl: Json | undefined, path: string): Generator<string> {
  if (isList(json) && isList(hcl) && json.length === hcl.length) {
    for (const [i, item] of json.entries()) yield* diff(item, hcl[i], `${path}[${i}]`);
  } else if (isObject(json) && isObject(hcl)) {
    for (const name of new Set([...Object.keys(json), ...Object.keys(hcl)])) {
      yield* diff(json[name], hcl[name], `${path}.${name}`);
    }
  } else if (JSON.stringify(json) !== JSON.stringify(hcl)) {
    yield `${path}: JSON ${shown(json)} | HCL ${shown(hcl)}`;
  }
}

const shown = (value: Json | undefined): string =>
  value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200);

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
