/** The one connection of this page to the API: POST for queries, a socket for the head. No cache: figures are of now. */
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";

const REQUEST_MILLISECONDS = 15_000;

const socket = createClient({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
  keepAlive: 20_000,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
  // At most 10 s between attempts, so that the page comes back soon after the API does.
  retryWait: (attempts) => new Promise((done) => setTimeout(done, Math.min(500 * 2 ** attempts, 10_000))),
});

export const client = new Client({
  url: "/graphql",
  preferGetMethod: false,
  fetch: (input, init) => {
    const limit = AbortSignal.timeout(REQUEST_MILLISECONDS);
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  },
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe(
            { query: query ?? "", variables: variables as Record<string, unknown> },
            { next: sink.next as never, error: sink.error, complete: sink.complete },
          ),
        }),
      }),
    }),
  ],
});
