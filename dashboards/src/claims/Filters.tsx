/** The controls above the table: which claims, and in which order. */
import { useEffect, useState } from "react";
import type { Choice, OrderChoice, StatusChoice } from "./window";
import { choose } from "./window";

const STATUSES: readonly (readonly [StatusChoice, string])[] = [
  ["ALL", "All"], ["PENDING", "Open"], ["FINALIZED", "Final"], ["SLASHED", "Slashed"], ["EXPIRED", "Expired"],
];
const ORDERS: readonly (readonly [OrderChoice, string])[] = [
  ["REVEALED", "Newest first"], ["SAVED_BYTES", "Largest saving"], ["REWARD", "Largest reward"],
];
const TYPING_MILLISECONDS = 350;

export function Filters({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: (choice: Choice) => void }) {
  const [host, setHost] = useState(choice.host);
  useEffect(() => {
    if (host === choice.host) return;
    const typed = setTimeout(() => onChoose(choose(choice, { host })), TYPING_MILLISECONDS);
    return () => clearTimeout(typed);
  }, [host, choice, onChoose]);
  return (
    <form className="filters" role="search" aria-label="Claims" onSubmit={(event) => event.preventDefault()}>
      <div className="choice" role="group" aria-label="Status">
        {STATUSES.map(([value, word]) => (
          <button key={value} type="button" aria-pressed={choice.status === value} onClick={() => onChoose(choose(choice, { status: value }))}>
            {word}
          </button>
        ))}
      </div>
      <label className="field">
        <span className="visually-hidden">Host</span>
        <input type="search" placeholder="Host, such as shop.example" value={host} onChange={(event) => setHost(event.target.value)} autoComplete="off" spellCheck={false} />
      </label>
      <label className="field">
        <span className="visually-hidden">Order</span>
        <select value={choice.order} onChange={(event) => onChoose(choose(choice, { order: event.target.value as OrderChoice }))}>
          {ORDERS.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
