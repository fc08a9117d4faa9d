import type { Construct } from "constructs";
import { askedNumber, type NumberQuestion } from "../coder/number-parameter";
import { Cpu } from "../settings/cpu";
import { Size } from "../settings/size";
import type { QuantityReader } from "./container-resources";

/** What users are asked for unless the author settles it. */
export const defaultCpu = (): Cpu => Cpu.chosenByUser({ default: 2 });
export const defaultMemory = (): Size => Size.chosenByUser({ default: 4 });
export const defaultDisk = (): Size => Size.chosenByUser({ default: 10 });

/** The orders leave room for what is asked of the repository. */
const CPU: Omit<NumberQuestion, "choice"> = {
  name: "cpu",
  displayName: "CPU",
  description: "How many cores the workspace may use.",
  icon: "/emojis/1f5a5.png",
  mutable: true,
  order: 101,
};
const MEMORY: Omit<NumberQuestion, "choice"> = {
  name: "memory",
  displayName: "Memory",
  description: "How many GiB of memory the workspace may use.",
  icon: "/icon/memory.svg",
  mutable: true,
  order: 102,
};
const DISK: Omit<NumberQuestion, "choice"> = {
  name: "disk",
  displayName: "Disk",
  description: "How many GiB of files survive a stop. Fixed once the workspace is created.",
  icon: "/icon/database.svg",
  mutable: false,
  order: 103,
};

/** Amounts of a workspace: users are asked for those that they choose. */
export function askedAmounts(scope: Construct): QuantityReader {
  return {
    cpu: (amount) => (amount.choice ? askedNumber(scope, { ...CPU, choice: amount.choice }) : amount.toQuantity()),
    memory: (amount) => gibibytes(scope, amount, MEMORY),
  };
}

/** The size of the volume that survives stops. */
export function askedDisk(scope: Construct, size: Size): string {
  return gibibytes(scope, size, DISK);
}

function gibibytes(scope: Construct, amount: Size, question: Omit<NumberQuestion, "choice">): string {
  return amount.choice ? `${askedNumber(scope, { ...question, choice: amount.choice })}Gi` : amount.toQuantity();
}
