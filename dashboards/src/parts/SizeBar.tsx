/** A page's weight before and after: the whole bar is before, the filled part is what is left. */
import { share } from "../format/bytes";

interface Properties {
  readonly before: bigint;
  readonly after: bigint;
  readonly tone?: "good" | "void";
}

export function SizeBar({ before, after, tone = "good" }: Properties) {
  const left = Math.max(0.01, share(after, before));
  return (
    <svg className="size-bar" data-tone={tone} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="size-before" width="100" height="6" />
      <rect className="size-after" width={left * 100} height="6" />
    </svg>
  );
}
