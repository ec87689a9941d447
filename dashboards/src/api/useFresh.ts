/** A query that is asked again whenever `tick` changes, and that keeps its last answer while it is asked or fails. */
import type { CombinedError, TypedDocumentNode } from "@urql/core";
import { useEffect, useRef, useState } from "react";
import { useQuery, type AnyVariables } from "urql";

export interface Fresh<Data> {
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly isLoading: boolean;
  readonly askAgain: () => void;
}

export function useFresh<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  tick: number,
): Fresh<Data> {
  const [result, execute] = useQuery({ query, variables, requestPolicy: "network-only" });
  const [kept, keep] = useState<Data>();
  const seenTick = useRef(tick);
  const isDue = useRef(false);

  useEffect(() => {
    if (result.data !== undefined && result.data !== null && !result.fetching) keep(result.data);
  }, [result.data, result.fetching]);
  useEffect(() => {
    if (seenTick.current !== tick) {
      seenTick.current = tick;
      isDue.current = true;
    }
    // Never while one is under way: asking again would cancel it, and a slow API under fast blocks would never be heard.
    if (isDue.current && !result.fetching) {
      isDue.current = false;
      execute({ requestPolicy: "network-only" });
    }
  }, [tick, result.fetching, execute]);

  return {
    data: result.data ?? kept,
    error: result.fetching ? undefined : result.error,
    isLoading: result.fetching,
    askAgain: () => execute({ requestPolicy: "network-only" }),
  };
}
