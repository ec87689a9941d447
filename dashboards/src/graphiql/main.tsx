/** GraphiQL from this server alone: no CDN, with the project's example queries as its first tabs. */
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./graphiql.css";

const examples = import.meta.glob<string>("../../../graphql/queries/*.graphql", { query: "?raw", import: "default", eager: true });
const order = ["latest", "totals", "leaderboard", "one_claim", "head"];

const tabs = Object.entries(examples)
  .sort(([one], [other]) => place(one) - place(other))
  .map(([, query]) => ({ query }));

const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  wsClient: createClient({ url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql` }),
});

createRoot(document.getElementById("root")!).render(
  <GraphiQL fetcher={fetcher} defaultTabs={tabs} defaultQuery={tabs[0]?.query ?? ""} />,
);

function place(path: string): number {
  const index = order.findIndex((name) => path.endsWith(`/${name}.graphql`));
  return index === -1 ? order.length : index;
}
