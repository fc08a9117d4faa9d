import { TerraformDataSource, type TerraformElement, TerraformResource, type TerraformStack } from "cdktf";
import { commentsOn } from "../comment";
import type { TerraformBody } from "../tree";
import { addressOf, type HclComments } from "./hcl-writer";
import { elementsOf } from "./resolved-tree";
import { asList, isObject } from "./value-shapes";

/** The comments on the elements of a stack, by address. */
export function hclComments(stack: TerraformStack): HclComments {
  const comments = new Map<string, Map<string, string>>();
  for (const element of elementsOf(stack)) {
    const own = commentsOn(element);
    if (!own.length) continue;
    const { address, attribute } = placeOf(element);
    const texts = comments.get(address) ?? new Map<string, string>();
    comments.set(address, texts);
    for (const comment of own) {
      const place = comment.attribute ?? attribute;
      const before = texts.get(place);
      texts.set(place, before === undefined ? comment.text : `${before}\n\n${comment.text}`);
    }
  }
  return comments;
}

interface Place {
  readonly address: string;
  readonly attribute: string;
}

function placeOf(element: TerraformElement): Place {
  const kind = TerraformResource.isTerraformResource(element)
    ? "resource"
    : TerraformDataSource.isTerraformDataSource(element)
      ? "data"
      : undefined;
  if (kind === undefined || !("terraformResourceType" in element)) return renderedPlaceOf(element);
  const type = String(element.terraformResourceType);
  return { address: addressOf({ kind, type, name: element.friendlyUniqueId }), attribute: "" };
}

// Read off what the element renders to: not all tell their kind and type otherwise.
function renderedPlaceOf(element: TerraformElement): Place {
  const rendered: TerraformBody = element.toTerraform();
  const kind =
    Object.keys(rendered).find((name) => !["//", "terraform", "moved", "import"].includes(name)) ?? "terraform";
  if (kind === "terraform") return { address: kind, attribute: "" };
  const [[first, inner] = ["", undefined]] = Object.entries(rendered[kind] ?? {});
  if (kind === "locals") return { address: kind, attribute: first };
  if (kind === "provider") {
    const alias = asList(inner).filter(isObject)[0]?.["alias"];
    return {
      address: addressOf({ kind, type: first, name: typeof alias === "string" ? alias : undefined }),
      attribute: "",
    };
  }
  const hasType = kind === "resource" || kind === "data";
  const block = hasType ? { kind, type: first, name: Object.keys(inner ?? {})[0] } : { kind, name: first };
  return { address: addressOf(block), attribute: "" };
}
