/** The bar at the top: whose page this is, how the chain is doing, and which theme it is read in. */
import type { Meta } from "../api/documents";
import { group } from "../format/dsh";
import { duration } from "../format/time";
import type { Health } from "./health";
import type { Theme } from "./useTheme";

interface Properties {
  readonly meta: Meta | null | undefined;
  readonly health: Health;
  readonly theme: Theme;
  readonly onToggleTheme: () => void;
}

export function Bar({ meta, health, theme, onToggleTheme }: Properties) {
  return (
    <header className="bar">
      <div className="bar-inner">
        <a className="brand" href="/" aria-label="LightDom, Space Optimization">
          <img src="/mark.svg" alt="" width={28} height={28} />
          <span>LightDom</span>
        </a>
        <ChainStatus meta={meta} health={health} />
        <nav className="bar-links" aria-label="Tools">
          <a href="/graphql">GraphiQL</a>
          <button type="button" className="icon-button" onClick={onToggleTheme} aria-label={`Use the ${theme === "dark" ? "light" : "dark"} theme`}>
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
              <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
            </svg>
          </button>
        </nav>
      </div>
    </header>
  );
}

function ChainStatus({ meta, health }: { readonly meta: Meta | null | undefined; readonly health: Health }) {
  return (
    <p className="chain" role="status" aria-live="polite" data-health={health.kind}>
      <span className="dot" aria-hidden="true" />
      {meta ? (
        <span className="block">
          <span className="chain-label">Block</span> {group(BigInt(meta.block.number))}
        </span>
      ) : null}
      <span className="health">{words(health)}</span>
    </p>
  );
}

function words(health: Health): string {
  switch (health.kind) {
    case "connecting":
      return "connecting";
    case "down":
      return "API not reachable";
    case "unindexed":
      return "no block indexed yet";
    case "lagging":
      return `${group(health.blocks)} blocks behind`;
    case "silent":
      return `indexer silent for ${duration(health.seconds)}`;
    case "live":
      return "live";
  }
}
