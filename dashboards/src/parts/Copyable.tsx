/** A hash that can be read in part and copied in whole. */
import { useState } from "react";
import { short } from "../format/hex";

interface Properties {
  readonly value: string;
  readonly what: string;
  readonly ends?: number;
}

export function Copyable({ value, what, ends = 8 }: Properties) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 1500);
  };
  return (
    <button type="button" className="copyable" onClick={copy} title={value} aria-label={`Copy the ${what}: ${value}`}>
      <code>{short(value, ends)}</code>
      <span className="copy-sign" role="status">{isCopied ? "copied" : ""}</span>
    </button>
  );
}
