/** What an empty list says: that it is empty, and how it fills. */
import type { ReactNode } from "react";

export function Nothing({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="nothing">
      <svg viewBox="0 0 48 32" width="48" height="32" aria-hidden="true">
        <rect x="0" y="2" width="48" height="6" rx="3" />
        <rect x="0" y="13" width="30" height="6" rx="3" />
        <rect x="0" y="24" width="14" height="6" rx="3" className="nothing-light" />
      </svg>
      <p className="nothing-title">{title}</p>
      <div className="nothing-text">{children}</div>
    </div>
  );
}
