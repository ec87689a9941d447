/** A card of the page: a heading that names it, perhaps something to its right, and its content. */
import type { ReactNode } from "react";

interface Properties {
  readonly id: string;
  readonly title: string;
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ id, title, note, aside, children }: Properties) {
  return (
    <section className={`card card-${id}`} aria-labelledby={`${id}-title`}>
      <div className="card-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {note ? <p className="card-note">{note}</p> : null}
        </div>
        {aside ? <div className="card-aside">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
