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

  useEffect(() => {
    if (result.data !== undefined && result.data !== null && !result.fetching) keep(result.data);
  }, [result.data, result.fetching]);
  useEffect(() => {
    if (seenTick.current !== tick) {
      seenTick.current = tick;
      execute({ requestPolicy: "network-only" });
    }
  }, [tick, execute]);

  return {
    data: result.data ?? kept,
    error: result.fetching ? undefined : result.error,
    isLoading: result.fetching,
    askAgain: () => execute({ requestPolicy: "network-only" }),
  };
}
